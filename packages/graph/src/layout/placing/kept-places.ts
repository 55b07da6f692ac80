// Places for a changed scene: what had a place keeps it, what is new takes a free one.

import type { Board } from '../board.ts';
import type { LayoutState } from '../place.ts';
import { freeRow, growBox, growsFreely, type Taken, widenBox } from './free-row.ts';
import { newBoxes } from './new-box.ts';
import type { Placement } from './placement.ts';

/** Null when too little is left of the old picture: then a fresh one serves better. */
export function keptPlaces(board: Board, state: LayoutState): Placement | null {
  const known = board.cards.filter((id) => state.cards[id]).length;
  if (known === 0 || known < board.cards.length / 2 || unfoldsAnew(board, state)) return null;

  const placement = emptyPlacement(board, state.columnWidths.length);
  const placed = board.cards.map((id, card) => {
    const place = state.cards[id];
    if (!place) return false;
    placement.layer[card] = place.column;
    placement.y[card] = place.y;
    return true;
  });
  for (const [box, id] of board.boxes.entries()) {
    const place = state.boxes[id];
    if (!place) continue;
    placement.left[box] = place.left;
    placement.right[box] = place.right;
    placement.boxY[box] = place.y;
    placement.boxHeight[box] = place.height;
  }

  const taken = Object.entries(state.cards)
    .filter(([, place]) => place.column < placement.columns)
    .map(([, { column, y, height, box }]): Taken => ({ column, y, height, box }));
  for (const card of board.cards.keys()) {
    const box = board.boxOf[card]!;
    if (placed[card] || !state.boxes[board.boxes[box]!]) continue;
    const found =
      freeRow(board, placement, state, placed, taken, card) ||
      (!growsFreely(board, placement, card) && widenBox(board, placement, state, placed, taken, card));
    if (!found) growBox(board, placement, placed, taken, card);
    placed[card] = true;
  }
  newBoxes(board, placement, state, placed);
  placement.height = board.boxes.reduce(
    (height, _, box) => Math.max(height, placement.boxY[box]! + placement.boxHeight[box]!),
    0,
  );
  return placement;
}

/** A box that was folded from the start has no old places to go back to. */
function unfoldsAnew(board: Board, state: LayoutState): boolean {
  return board.boxes.some((id, box) => board.framed[box] && !state.boxes[id] && state.cards[`folded:${id}`]);
}

function emptyPlacement(board: Board, columns: number): Placement {
  const boxes = board.boxes.length;
  return {
    layer: new Int32Array(board.cards.length),
    columns,
    order: [],
    cells: [],
    left: new Int32Array(boxes),
    right: new Int32Array(boxes),
    y: new Float64Array(board.cards.length),
    boxY: new Float64Array(boxes),
    boxHeight: new Float64Array(boxes),
    height: 0,
    above: new Float64Array(board.cards.length),
    aboveBox: new Float64Array(boxes),
  };
}
