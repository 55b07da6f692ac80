// Where to move what has to be seen, when something lies over the picture.

import type { Area, Size } from './area.ts';

const EDGE = 24;
const AIR = 8;

/** How far `area` has to move, as little as can be, to lie on the screen and under nothing of `over`; px of the screen. */
export function wayClear(area: Area, screen: Size, over: readonly Area[]): { dx: number; dy: number } {
  const x = within(area.x, area.width, screen.width);
  const y = within(area.y, area.height, screen.height);
  const places = [x, ...over.flatMap((one) => [one.x - area.width - AIR, one.x + one.width + AIR])].flatMap(
    (left) =>
      [y, ...over.flatMap((one) => [one.y - area.height - AIR, one.y + one.height + AIR])].map((top) => ({
        x: left,
        y: top,
        way: Math.abs(left - area.x) + Math.abs(top - area.y),
      })),
  );
  const free = places
    .filter((place) => isOn(place.x, area.width, screen.width) && isOn(place.y, area.height, screen.height))
    .filter((place) => !over.some((one) => meet({ ...area, x: place.x, y: place.y }, one)))
    .sort((a, b) => a.way - b.way);
  const best = free[0] ?? { x, y };
  return { dx: best.x - area.x, dy: best.y - area.y };
}

/** The start wins when it does not fit. */
function within(from: number, size: number, room: number): number {
  return Math.max(EDGE, Math.min(from, room - EDGE - size));
}

function isOn(from: number, size: number, room: number): boolean {
  return from >= 0 && from + size <= Math.max(room, size);
}

function meet(a: Area, b: Area): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
