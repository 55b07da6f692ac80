// Points in, SVG path strings out.

import type { Point } from '../layout/place.ts';
import type { MarkKind } from '../scene/mark-kind.ts';

const RADIUS = 12;
/** Corners are a little longer upright than level: it reads as a bend, not as a wheel. */
const STRETCH = 1.35;

/** How far before the card the line ends: under the arrow, before the bar of a refusal, before a broken mark. */
export function lineEnd(mark: MarkKind): number {
  return mark === 'broken' ? 35 : 8;
}

/** The line as it is drawn: soft corners where a rise is tall, one S-curve where it is low. */
export function linkPath(points: readonly Point[], endBefore: number): string {
  const last = points.at(-1);
  const first = points[0];
  if (!first || !last) return '';
  const line = [...points.slice(0, -1), { x: last.x - endBefore, y: last.y }];
  let path = `M${at(first)}`;
  for (let i = 1; i + 1 < line.length; i++) {
    const [before, from, to, after] = [line[i - 1]!, line[i]!, line[i + 1]!, line[i + 2]];
    const height = Math.abs(to.y - from.y);
    if (height < 0.05) continue;
    const reach = Math.max(
      0,
      Math.min(
        RADIUS,
        halfOf(before, from, i === 1),
        after ? halfOf(to, after, i + 3 >= line.length) : RADIUS,
      ),
    );
    const [sx, ex] = [Math.sign(from.x - before.x) || 1, after ? Math.sign(after.x - to.x) || 1 : 1];
    const [left, right] = [from.x - sx * reach, to.x + ex * reach];
    if (height <= 2 * reach * STRETCH * 0.85 && sx === ex)
      path += `H${short(left)}C${short(from.x)} ${short(from.y)} ${short(from.x)} ${short(to.y)} ${short(right)} ${short(to.y)}`;
    else path += corners(from, to, left, right, Math.min(reach * STRETCH, height / 2));
    i += 1; // the rise took two points
  }
  return `${path}H${short(last.x - endBefore)}`;
}

function corners(from: Point, to: Point, left: number, right: number, reach: number): string {
  const down = Math.sign(to.y - from.y);
  const [x, y1, y2] = [from.x, from.y + down * reach, to.y - down * reach];
  const soft = 0.133; // how far the handle stays from the corner itself
  const h1 = x + (left - x) * soft;
  const h2 = x + (right - x) * soft;
  const v1 = from.y + down * reach * 0.25;
  const v2 = to.y - down * reach * 0.25;
  return (
    `H${short(left)}C${short(h1)} ${short(from.y)} ${short(x)} ${short(v1)} ${short(x)} ${short(y1)}` +
    `V${short(y2)}C${short(x)} ${short(v2)} ${short(h2)} ${short(to.y)} ${short(right)} ${short(to.y)}`
  );
}

/** A level stretch between two rises is shared by their corners; the first and the last one belong to one. */
function halfOf(a: Point, b: Point, whole: boolean): number {
  const length = Math.abs(b.x - a.x);
  return whole ? length - 1 : length / 2;
}

/** The triangle at the end of a line; its tip stands 1.5 before the card. */
export function arrowPath(end: Point, size: number): string {
  const [length, half] = [short(size), short(size / 2)];
  return `M${short(end.x - 1.5)} ${short(end.y)}l${-length} ${-half}v${short(2 * half)}z`;
}

/** The bar that ends a refused line, 14 high, 6 before the card. */
export function barPath(end: Point): string {
  return `M${short(end.x - 6)} ${short(end.y - 7)}v14`;
}

/** The dotted stub between a broken mark and the card that was never reached. */
export function stubPath(end: Point): string {
  return `M${short(end.x - 26.5)} ${short(end.y)}H${short(end.x - 3)}`;
}

function at({ x, y }: Point): string {
  return `${short(x)} ${short(y)}`;
}

function short(value: number): number {
  return Math.round(value * 10) / 10;
}
