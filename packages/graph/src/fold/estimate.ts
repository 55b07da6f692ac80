// How large the picture of a scene will be, without laying it out: columns by the longest path, heights by what stands in them.

import { toBoard } from '../layout/board.ts';
import { layers, type Refine } from '../layout/placing/layers.ts';
import { CARD_GAP, FOOT, HEAD } from '../layout/placing/placement.ts';
import type { Scene } from '../scene/scene.ts';

const GAP = 104; // between two columns, marks and tracks included; measured on the sample meshes
const MARGINS = 76;
const BETWEEN_BOXES = 36;

export function estimatedSize(scene: Scene, refine?: Refine): { width: number; height: number } {
  if (scene.cards.length === 0) return { width: 0, height: 0 };
  const board = toBoard(scene);
  const layer = layers(board, refine);
  const columns = Math.max(...layer) + 1;
  const widths = new Float64Array(columns);
  const inBox = board.boxes.map(() => new Map<number, number>());
  for (const card of board.cards.keys()) {
    const column = layer[card]!;
    widths[column] = Math.max(widths[column]!, board.width[card]!);
    const cells = inBox[board.boxOf[card]!]!;
    cells.set(column, (cells.get(column) ?? -CARD_GAP) + board.height[card]! + CARD_GAP);
  }
  const heights = new Float64Array(columns).fill(-BETWEEN_BOXES);
  for (const [box, cells] of inBox.entries()) {
    const frame = board.framed[box] ? HEAD + FOOT : 0;
    const [left, right] = [Math.min(...cells.keys()), Math.max(...cells.keys())];
    const tallest = Math.max(...cells.values()) + frame;
    for (let column = left; column <= right; column++) heights[column]! += tallest + BETWEEN_BOXES;
  }
  return {
    width: widths.reduce((sum, width) => sum + width, 0) + GAP * (columns - 1) + MARGINS,
    height: Math.max(...heights),
  };
}
