// Which levels of each column are free: of cards and frames, and of lanes that lie there already.

import type { Board } from '../board.ts';
import { HEAD, type Placement } from '../placing/placement.ts';

const SLOT = 2; // px
const CARD_MARGIN = 6; // the 12 px between two cards then hold one lane, in the middle
const FRAME_MARGIN = 4;
const LANE_MARGIN = 8; // lanes stand 10 or more apart
const HEAD_TEXT = 26;

export interface Space {
  columns: number;
  /** By column: what stands there, as pairs of levels from top to bottom; the levels of a pair are free themselves. */
  walls: readonly number[][];
  /** The same for spans of columns, filled when asked. */
  spans: Map<number, readonly number[]>;
  /** Of each column: the boxes that cover it. */
  boxesIn: readonly number[][];
  /** Lanes by column and slot; null while lanes need not keep apart. */
  lanes: { slots: number; margin: number; taken: Uint8Array } | null;
}

export function toSpace(board: Board, placement: Placement, exclusive: boolean): Space {
  const { columns, height, left, right, boxY, boxHeight, layer, y } = placement;
  const walls: number[][] = Array.from({ length: columns }, () => []);
  const boxesIn: number[][] = Array.from({ length: columns }, () => []);
  for (const card of board.cards.keys())
    walls[layer[card]!]!.push(y[card]! - CARD_MARGIN, y[card]! + board.height[card]! + CARD_MARGIN);
  for (const box of board.boxes.keys()) {
    const [top, bottom] = [boxY[box]!, boxY[box]! + boxHeight[box]!];
    for (let c = left[box]!; c <= right[box]!; c++) {
      boxesIn[c]!.push(box);
      if (!board.framed[box]) continue;
      const head = c === left[box] ? Math.min(HEAD, HEAD_TEXT) : FRAME_MARGIN;
      walls[c]!.push(top - FRAME_MARGIN, top + head, bottom - FRAME_MARGIN, bottom + FRAME_MARGIN);
    }
  }
  const margin = 40 + Math.min(1000, board.links.length);
  const slots = Math.ceil(height / SLOT) + 2 * margin;
  return {
    columns,
    walls: walls.map(united),
    spans: new Map(),
    boxesIn,
    lanes: exclusive ? { slots, margin, taken: new Uint8Array(columns * slots) } : null,
  };
}

/** Sorted, and one where they overlap; where they only touch, the level between them stays free. */
function united(pairs: readonly number[]): number[] {
  const starts: number[] = [];
  for (let i = 0; i < pairs.length; i += 2) starts.push(i);
  starts.sort((a, b) => pairs[a]! - pairs[b]! || pairs[a + 1]! - pairs[b + 1]!);
  const walls: number[] = [];
  for (const i of starts) {
    const [from, to] = [pairs[i]!, pairs[i + 1]!];
    const last = walls.length - 1;
    if (last > 0 && from < walls[last]!) walls[last] = Math.max(walls[last]!, to);
    else walls.push(from, to);
  }
  return walls;
}

function wallsOf({ columns, walls, spans }: Space, first: number, last: number): readonly number[] {
  if (first === last) return walls[first]!;
  const key = first * columns + last;
  const known = spans.get(key);
  if (known) return known;
  const made = united(walls.slice(first, last + 1).flat());
  spans.set(key, made);
  return made;
}

/** Marks (or frees, with −1) the surroundings of a lane at `level` in a column. */
export function take({ lanes }: Space, column: number, level: number, count: 1 | -1): void {
  if (!lanes) return;
  const { slots, margin, taken } = lanes;
  const first = Math.ceil((level - LANE_MARGIN) / SLOT) + margin;
  const last = Math.floor((level + LANE_MARGIN) / SLOT) + margin;
  for (let s = column * slots + first; s <= column * slots + last; s++) taken[s]! += count;
}

/**
 * `level` itself where it is free in the columns `first` to `last`, else the nearest free one in direction `step`; null:
 * none. Lanes that lie there count when `exclusive`.
 */
export function nearestFree(
  space: Space,
  first: number,
  last: number,
  level: number,
  step: 1 | -1,
  exclusive: boolean,
): number | null {
  const walls = wallsOf(space, first, last);
  let at = beyondWalls(walls, level, step);
  if (!exclusive || !space.lanes) return at;
  const { slots, margin } = space.lanes;
  // Each turn leaves a slot behind, so that there are no more turns than slots, whatever the level.
  for (let turn = 0; turn <= slots; turn++) {
    if (!isTaken(space.lanes, first, last, at)) return at;
    const slot = step > 0 ? Math.floor(at / SLOT) + 1 : Math.ceil(at / SLOT) - 1;
    if (!(slot >= -margin && slot < slots - margin)) return null;
    at = beyondWalls(walls, slot * SLOT, step);
  }
  return null;
}

function beyondWalls(walls: readonly number[], level: number, step: 1 | -1): number {
  if (step > 0) {
    for (let i = 0; i < walls.length && walls[i]! < level; i += 2)
      if (level < walls[i + 1]!) level = walls[i + 1]!;
    return level;
  }
  for (let i = walls.length - 2; i >= 0 && walls[i + 1]! > level; i -= 2)
    if (level > walls[i]!) level = walls[i]!;
  return level;
}

function isTaken(
  { slots, margin, taken }: NonNullable<Space['lanes']>,
  first: number,
  last: number,
  level: number,
) {
  const slot = Math.round(level / SLOT) + margin;
  for (let c = first; c <= last; c++) if (taken[c * slots + slot] !== 0) return true;
  return false;
}

export function isFree(
  space: Space,
  first: number,
  last: number,
  level: number,
  exclusive: boolean,
): boolean {
  return nearestFree(space, first, last, level, 1, exclusive) === level;
}

/** Columns of a box that is neither `a` nor `b` are passed at a price. */
export function isForeign(
  space: Space,
  placement: Placement,
  column: number,
  level: number,
  a: number,
  b: number,
): boolean {
  for (const box of space.boxesIn[column]!) {
    if (box === a || box === b) continue;
    if (level > placement.boxY[box]! && level < placement.boxY[box]! + placement.boxHeight[box]!) return true;
  }
  return false;
}
