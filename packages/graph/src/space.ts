// Which levels of each column are free: of cards and frames, and of lanes that lie there already.

import type { Board } from './board.ts';
import { HEAD, type Placement } from './placement.ts';

const SLOT = 2; // px
const CARD_MARGIN = 6; // the 12 px between two cards then hold one lane, in the middle
const FRAME_MARGIN = 4;
const LANE_MARGIN = 8; // lanes stand 10 or more apart
const HEAD_TEXT = 26;

export interface Space {
  slots: number;
  /** Room over and under the picture, in slots. */
  margin: number;
  columns: number;
  /** By column and slot. */
  blocked: Uint8Array;
  taken: Uint8Array;
  /** Of each column: the boxes that cover it. */
  boxesIn: readonly number[][];
  /** By first and last column, filled when asked: where cards and frames leave room. */
  spans: Map<number, NextFree>;
}

interface NextFree {
  up: Int32Array;
  down: Int32Array;
}

export function toSpace(board: Board, placement: Placement): Space {
  const { columns, height, left, right, boxY, boxHeight, layer, y } = placement;
  const margin = 40 + Math.min(1000, board.links.length);
  const slots = Math.ceil(height / SLOT) + 2 * margin;
  const blocked = new Uint8Array(columns * slots);
  const boxesIn: number[][] = Array.from({ length: columns }, () => []);

  function block(column: number, from: number, to: number) {
    const first = Math.floor(from / SLOT) + 1 + margin;
    const last = Math.ceil(to / SLOT) - 1 + margin;
    blocked.fill(1, column * slots + first, column * slots + last + 1);
  }

  for (const card of board.cards.keys())
    block(layer[card]!, y[card]! - CARD_MARGIN, y[card]! + board.height[card]! + CARD_MARGIN);
  for (const box of board.boxes.keys()) {
    const [top, bottom] = [boxY[box]!, boxY[box]! + boxHeight[box]!];
    for (let c = left[box]!; c <= right[box]!; c++) {
      boxesIn[c]!.push(box);
      if (!board.framed[box]) continue;
      block(c, top - FRAME_MARGIN, top + FRAME_MARGIN);
      block(c, bottom - FRAME_MARGIN, bottom + FRAME_MARGIN);
    }
    if (board.framed[box]) block(left[box]!, top, top + Math.min(HEAD, HEAD_TEXT));
  }
  return {
    slots,
    margin,
    columns,
    blocked,
    taken: new Uint8Array(blocked.length),
    boxesIn,
    spans: new Map(),
  };
}

/** Marks (or frees, with −1) the surroundings of a lane at `level` in a column. */
export function take({ slots, margin, taken }: Space, column: number, level: number, count: 1 | -1): void {
  const first = Math.ceil((level - LANE_MARGIN) / SLOT) + margin;
  const last = Math.floor((level + LANE_MARGIN) / SLOT) + margin;
  for (let s = column * slots + first; s <= column * slots + last; s++) taken[s]! += count;
}

/** `level` itself where it is free in the columns `first` to `last`, else the nearest free one in direction `step`; null: none. */
export function nearestFree(
  space: Space,
  first: number,
  last: number,
  level: number,
  step: 1 | -1,
  exclusive: boolean,
): number | null {
  const { slots, margin, taken } = space;
  const exact = level / SLOT + margin;
  let slot = step > 0 ? Math.ceil(exact - 0.5) : Math.floor(exact + 0.5);
  slot = Math.min(Math.max(slot, 0), slots - 1);
  const next = nextFree(space, first, last)[step > 0 ? 'down' : 'up'];
  search: for (slot = next[slot]!; slot >= 0 && slot < slots; slot = next[slot + step] ?? -1) {
    if (exclusive) for (let c = first; c <= last; c++) if (taken[c * slots + slot] !== 0) continue search;
    const found = (slot - margin) * SLOT;
    return Math.abs(found - level) <= SLOT / 2 ? level : found;
  }
  return null;
}

/** By slot: the next one upwards and downwards that no card or frame blocks in any of the columns; −1 for none. */
function nextFree({ slots, blocked, columns, spans }: Space, first: number, last: number): NextFree {
  const key = first * columns + last;
  const known = spans.get(key);
  if (known) return known;
  const [up, down] = [new Int32Array(slots), new Int32Array(slots)];
  let next = -1;
  for (let slot = 0; slot < slots; slot++) {
    let free = true;
    for (let c = first; c <= last && free; c++) free = blocked[c * slots + slot] === 0;
    if (free) next = slot;
    up[slot] = next;
    down[slot] = free ? slot : -1;
  }
  next = -1;
  for (let slot = slots - 1; slot >= 0; slot--) {
    if (down[slot] !== -1) next = slot;
    down[slot] = next;
  }
  const made = { up, down };
  spans.set(key, made);
  return made;
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
