// Links as lines of level and upright segments, cleaned as the properties of a picture define them.

import type { Point } from '../layout/place.ts';

export interface Segment {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** Without equal points (nearer than 0.5) and points on a straight line. */
export function cleaned(points: readonly Point[]): Point[] {
  const line: Point[] = [];
  for (const point of points) {
    const last = line.at(-1);
    if (last && Math.hypot(point.x - last.x, point.y - last.y) < 0.5) continue;
    const before = line.at(-2);
    const isStraight =
      before &&
      last &&
      ((Math.abs(before.y - last.y) < 0.5 && Math.abs(last.y - point.y) < 0.5) ||
        (Math.abs(before.x - last.x) < 0.5 && Math.abs(last.x - point.x) < 0.5));
    if (isStraight) line.pop();
    line.push(point);
  }
  return line;
}

export function segmentsOf(points: readonly Point[]): Segment[] {
  const line = cleaned(points);
  return line.slice(1).map((to, i) => ({ x1: line[i]!.x, y1: line[i]!.y, x2: to.x, y2: to.y }));
}

export function isLevel({ y1, y2 }: Segment): boolean {
  return Math.abs(y1 - y2) < 0.5;
}

export function lengthOf(points: readonly Point[]): number {
  return segmentsOf(points).reduce(
    (sum, { x1, y1, x2, y2 }) => sum + Math.abs(x2 - x1) + Math.abs(y2 - y1),
    0,
  );
}

export function bendsOf(points: readonly Point[]): number {
  return Math.max(0, cleaned(points).length - 2);
}
