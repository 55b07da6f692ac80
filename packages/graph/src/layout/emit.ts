// Levels, tracks and widths into rectangles and points.

import type { Board } from './board.ts';
import { cardX, EDGE, FRAME, type Frame, type needsOf, riseXs } from './frame.ts';
import type { Layout, PlacedLink, Point, Rectangle } from './place.ts';
import type { Placement } from './placing/placement.ts';
import type { Units } from './routing/bundles.ts';
import { bundleName } from './routing/bundles.ts';
import type { UnitMark } from './routing/marks.ts';
import { hopsOf, type Routes } from './routing/routes.ts';
import type { GapTracks } from './routing/tracks.ts';

export interface Drawing {
  board: Board;
  placement: Placement;
  routes: Routes;
  units: Units;
  tracks: readonly GapTracks[];
  frame: Frame;
  needs: ReturnType<typeof needsOf>;
  marks: readonly UnitMark[];
  /** From the origin of levels to the upper edge of the picture. */
  top: number;
}

export function topOf(board: Board, placement: Placement, routes: Routes): number {
  const levels = board.links.flatMap((_, link) =>
    hopsOf(board, placement, routes, link).flatMap(({ from, to }) => [from, to]),
  );
  return Math.min(0, minMax(levels)[0]) - EDGE;
}

export function emit(drawing: Drawing): Omit<Layout, 'state'> {
  const { board, placement, frame, top } = drawing;
  const { left, boxY, boxHeight, y } = placement;
  const { columnX, columnWidth } = frame;
  const rises = risesOf(drawing);
  const points = board.links.map((_, link) => pointsOf(drawing, rises, link));
  const [highest, lowest] = minMax(points.flatMap((line) => line.map((point) => point.y)));
  const [leftmost, rightmost] = minMax(points.flatMap((line) => line.map((point) => point.x)));
  const above = Math.min(0, highest - EDGE - top, ...placement.boxY.map((at) => at - EDGE - top));
  const before = Math.min(0, leftmost - EDGE);
  const bottom = Math.max(placement.height, lowest) + EDGE - top;
  const end = Math.max(frame.width, rightmost + EDGE);

  const cards = board.cards.map((id, card) => ({
    id,
    x: cardX(board, placement, frame, card),
    y: y[card]! - top,
    width: board.width[card]!,
    height: board.height[card]!,
  }));
  const boxes = board.boxes.flatMap((id, box) => {
    if (!board.framed[box]) return [];
    const x = columnX[left[box]!]! - FRAME;
    const until = columnX[placement.right[box]!]! + columnWidth[placement.right[box]!]! + FRAME;
    return [{ id, x, y: boxY[box]! - top, width: until - x, height: boxHeight[box]! }];
  });
  const links = board.links.map((id, link) => toLink(drawing, id, link, points[link]!, top));
  return { x: before, y: above, width: end - before, height: bottom - above, boxes, cards, links };
}

function minMax(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [low, high];
}

/** By gap: the x at which each link rises. */
function risesOf({ tracks, frame, needs }: Drawing): Map<number, number>[] {
  return tracks.map((gap, i) => {
    const xs = riseXs(frame, i - 1, gap, needs[i]!);
    return new Map(gap.rises.flatMap(({ links }, k) => links.map((link) => [link, xs[k]!] as const)));
  });
}

function pointsOf(
  { board, placement, routes, frame }: Drawing,
  rises: readonly Map<number, number>[],
  link: number,
): Point[] {
  const [source, target] = [board.source[link]!, board.target[link]!];
  const points: Point[] = [
    { x: cardX(board, placement, frame, source) + board.width[source]!, y: routes.out[link]! },
  ];
  for (const { gap, from, to } of hopsOf(board, placement, routes, link)) {
    if (Math.abs(from - to) <= 0.05) continue;
    const x = rises[gap + 1]!.get(link)!;
    points.push({ x, y: from }, { x, y: to });
  }
  points.push({ x: cardX(board, placement, frame, target), y: routes.in[link]! });
  return points;
}

function toLink(
  { board, placement, frame, units, marks }: Drawing,
  id: string,
  link: number,
  line: readonly Point[],
  top: number,
): PlacedLink {
  const points = line.map(({ x, y }) => ({ x: hundredth(x), y: hundredth(y - top) }));
  const unit = units.of[link]!;
  const made = marks[unit]!;
  const x = cardX(board, placement, frame, made.card);
  const members = units.members[unit]!;
  return {
    id,
    points,
    mark: made.mark && moved(made.mark, x, -top),
    refusedMark: made.refusedMark && moved(made.refusedMark, x, -top),
    splitMark: made.splitMark && moved(made.splitMark, x, -top),
    bundle: made.number && {
      id: bundleName(board, link),
      size: members.length,
      members: members.map((member) => board.links[member]!).sort(),
      leads: members[0] === link,
      x: hundredth(made.number.x + x),
      y: hundredth(made.number.y - top),
    },
  };
}

function moved<R extends Rectangle>(rectangle: R, x: number, y: number): R {
  return { ...rectangle, x: hundredth(rectangle.x + x), y: hundredth(rectangle.y + y) };
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}
