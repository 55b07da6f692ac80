// A place for a box that was not there: in its columns, free, and near to whom it talks to.

import type { Board } from '../board.ts';
import type { LayoutState } from '../place.ts';
import { LANE_HIT, lanesInTheWay } from '../routing/lanes-in-the-way.ts';
import { partnersY, wantedColumn } from './free-row.ts';
import { CARD_GAP, footOf, gapBetween, headOf, type Placement } from './placement.ts';

const FOLDED_WIDTH = 148; // wider ones would reach into the tracks of an old gap
const GAP = 36;
const CLEAR = 4; // from the edges of the old box: lanes run close outside of them
const STEP = 34;

/** Fills in all boxes that `state` does not know. May add columns at the right. */
export function newBoxes(board: Board, placement: Placement, state: LayoutState, placed: boolean[]): void {
  for (const [box, id] of board.boxes.entries()) {
    if (state.boxes[id]) continue;
    const cards = [...board.cards.keys()].filter((card) => board.boxOf[card] === box);
    const [only] = cards;
    const folded = only === undefined ? undefined : state.boxes[board.cards[only]!.replace(/^folded:/, '')];
    if (only !== undefined && folded && board.cards[only]!.startsWith('folded:'))
      foldInPlace(board, placement, state, placed, only, folded);
    else placeBox(board, placement, state, placed, box, cards);
    for (const card of cards) placed[card] = true;
    placement.columns = Math.max(placement.columns, placement.right[box]! + 1);
  }
}

/** In the column of its old box that is right of its last caller, level with the cards that called out of it. */
function foldInPlace(
  board: Board,
  placement: Placement,
  state: LayoutState,
  placed: readonly boolean[],
  card: number,
  old: { left: number; right: number; y: number; height: number },
): void {
  const folded = board.cards[card]!.slice('folded:'.length);
  const inside = Object.entries(state.cards).filter(([, place]) => place.box === folded);
  const isInside = (id: string) => state.cards[id]?.box === folded;
  const callers = board.ins[card]!.map((e) => board.source[e]!).filter((other) => placed[other]);
  const after =
    callers.length > 0 ? Math.max(...callers.map((other) => placement.layer[other]!)) + 1 : old.right;
  const column = after > old.right ? old.right : Math.max(old.left, after);
  const outside = inside.filter(([id]) =>
    Object.keys(state.links).some(
      (link) => link.startsWith(`${id}>`) && !isInside(link.slice(id.length + 1)),
    ),
  );
  const talking = outside.length > 0 ? outside : inside;
  const middle =
    talking.reduce((sum, [, { y, height }]) => sum + y + height / 2, 0) / Math.max(1, talking.length);
  board.width[card] = FOLDED_WIDTH;
  const height = board.height[card]!;
  const [first, last] = [old.y + CLEAR, old.y + old.height - height - CLEAR];
  const levels = Array.from({ length: Math.floor((last - first) / CLEAR) + 1 }, (_, i) => first + i * CLEAR);
  const y = leastOf(
    [Math.min(Math.max(2 * Math.round((middle - height / 2) / 2), first), last), ...levels],
    (at) => Math.abs(at + height / 2 - middle) + LANE_HIT * lanesInTheWay(board, state, column, at, height),
  );
  put(placement, board.boxOf[card]!, column, column, y, height);
  placement.layer[card] = column;
  placement.y[card] = y;
}

function placeBox(
  board: Board,
  placement: Placement,
  state: LayoutState,
  placed: readonly boolean[],
  box: number,
  cards: readonly number[],
): void {
  const known = [...placed];
  const rows = new Map<number, number[]>();
  for (const card of callersFirst(board, cards)) {
    const column = wantedColumn(board, placement, known, card);
    placement.layer[card] = column;
    known[card] = true;
    rows.set(column, [...(rows.get(column) ?? []), card]);
  }
  const columns = [...rows.keys()];
  const [left, right] = [Math.min(...columns), Math.max(...columns)];
  const inner = Math.max(
    ...[...rows.values()].map((column) =>
      column.reduce((sum, card) => sum + board.height[card]! + CARD_GAP, -CARD_GAP),
    ),
  );
  const height = headOf(board, box) + inner + footOf(board, box);
  const wanted = cards.flatMap((card) => partnersY(board, placement, placed, card) ?? []);
  const middle = wanted.length > 0 ? wanted.reduce((a, b) => a + b, 0) / wanted.length : 0;
  const y = freeY(board, placement, state, box, left, right, height, middle - height / 2);
  put(placement, box, left, right, y, height);
  for (const column of rows.values()) {
    let at = y + headOf(board, box);
    for (const card of column) {
      placement.y[card] = at;
      at += board.height[card]! + CARD_GAP;
    }
  }
}

/** Callers before callees, so that each finds its column right of those that call it. */
function callersFirst({ source, ins }: Board, cards: readonly number[]): number[] {
  const inside = new Set(cards);
  const sorted: number[] = [];
  const seen = new Set<number>();
  function visit(card: number): void {
    if (seen.has(card)) return;
    seen.add(card);
    for (const e of ins[card]!) if (inside.has(source[e]!)) visit(source[e]!);
    sorted.push(card);
  }
  for (const card of cards) visit(card);
  return sorted;
}

/** The free level nearest to `wanted`, clear of all boxes and of those that are remembered. */
function freeY(
  board: Board,
  placement: Placement,
  state: LayoutState,
  box: number,
  left: number,
  right: number,
  height: number,
  wanted: number,
): number {
  const obstacles: { top: number; bottom: number }[] = [];
  for (const other of board.boxes.keys()) {
    if (other === box || placement.boxHeight[other] === 0) continue;
    if (placement.left[other]! > right || placement.right[other]! < left) continue;
    const gap = gapBetween(board, box, other);
    const [y, tall] = [placement.boxY[other]!, placement.boxHeight[other]!];
    obstacles.push({ top: y - gap, bottom: y + tall + gap });
  }
  for (const [id, place] of Object.entries(state.boxes)) {
    if (board.boxes.includes(id) || id.includes('folded:')) continue;
    if (place.left <= right && place.right >= left)
      obstacles.push({ top: place.y - GAP, bottom: place.y + place.height + GAP });
  }
  const lowest = obstacles.reduce((most, { bottom }) => Math.max(most, bottom), 0);
  const steps = Array.from({ length: Math.ceil(lowest / STEP) }, (_, i) => i * STEP);
  const tries = [
    Math.max(0, wanted),
    lowest,
    ...steps,
    ...obstacles.flatMap(({ top, bottom }) => [bottom, top - height]),
  ]
    .map((y) => 2 * Math.ceil(y / 2))
    .filter((y) => y >= 0 && obstacles.every(({ top, bottom }) => y >= bottom || y + height <= top));
  return leastOf(tries, (y) => {
    let cost = Math.abs(y - wanted);
    for (let c = left; c <= right; c++) cost += LANE_HIT * lanesInTheWay(board, state, c, y, height);
    return cost;
  });
}

function put(
  placement: Placement,
  box: number,
  left: number,
  right: number,
  y: number,
  height: number,
): void {
  placement.left[box] = left;
  placement.right[box] = right;
  placement.boxY[box] = y;
  placement.boxHeight[box] = height;
}

/** The first of the cheapest. */
function leastOf(values: readonly number[], costOf: (value: number) => number): number {
  let [best, least] = [values[0]!, Number.POSITIVE_INFINITY];
  for (const value of values) {
    const cost = costOf(value);
    if (cost < least) [best, least] = [value, cost];
  }
  return best;
}
