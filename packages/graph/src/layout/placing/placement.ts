// Where cards and boxes stand, in columns and px from the top: the value that ordering, placing and routing share.

import type { Board } from '../board.ts';

export const HEAD = 30;
export const FOOT = 14;
export const CARD_GAP = 12;
const BOX_GAP = 36;
const FRAMELESS_GAP = 20;

export interface Placement {
  layer: Int32Array;
  columns: number;
  /** Boxes from top to bottom: those that share a column stand in this order. */
  order: number[];
  /** Cards from top to bottom, by box and by column from its left one. */
  cells: number[][][];
  left: Int32Array;
  right: Int32Array;
  /** Upper edges. */
  y: Float64Array;
  boxY: Float64Array;
  boxHeight: Float64Array;
  height: number;
  /** Extra px that lanes need above a card and above a box. */
  above: Float64Array;
  aboveBox: Float64Array;
}

/** All boxes in the order of their ids; cards by id. */
export function firstPlacement(board: Board, layer: Int32Array): Placement {
  const boxes = board.boxes.length;
  const left = new Int32Array(boxes).fill(Number.MAX_SAFE_INTEGER | 0);
  const right = new Int32Array(boxes).fill(-1);
  left.fill(1 << 28);
  for (const [card, box] of board.boxOf.entries()) {
    left[box] = Math.min(left[box]!, layer[card]!);
    right[box] = Math.max(right[box]!, layer[card]!);
  }
  const cells = board.boxes.map((_, box) =>
    Array.from({ length: right[box]! - left[box]! + 1 }, (): number[] => []),
  );
  for (const [card, box] of board.boxOf.entries()) cells[box]![layer[card]! - left[box]!]!.push(card);
  return {
    layer,
    columns: layer.length === 0 ? 0 : Math.max(...layer) + 1,
    order: [...board.boxes.keys()],
    cells,
    left,
    right,
    y: new Float64Array(layer.length),
    boxY: new Float64Array(boxes),
    boxHeight: new Float64Array(boxes),
    height: 0,
    above: new Float64Array(layer.length),
    aboveBox: new Float64Array(boxes),
  };
}

/** A copy to try something on: layers and room are shared, order and places are not. */
export function copyOf(placement: Placement): Placement {
  return {
    ...placement,
    order: [...placement.order],
    cells: placement.cells.map((columns) => columns.map((cards) => [...cards])),
    y: placement.y.slice(),
    boxY: placement.boxY.slice(),
    boxHeight: placement.boxHeight.slice(),
  };
}

export function gapBetween({ framed }: Board, upper: number, lower: number): number {
  return framed[upper] || framed[lower] ? BOX_GAP : FRAMELESS_GAP;
}

export function headOf({ framed }: Board, box: number): number {
  return framed[box] ? HEAD : 0;
}

export function footOf({ framed }: Board, box: number): number {
  return framed[box] ? FOOT : 0;
}

/** The inside of a box, where cards may stand. */
export function insideOf(
  board: Board,
  { boxY, boxHeight }: Placement,
  box: number,
): { top: number; bottom: number } {
  return { top: boxY[box]! + headOf(board, box), bottom: boxY[box]! + boxHeight[box]! - footOf(board, box) };
}
