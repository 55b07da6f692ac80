// The map's grid as a placement that the router understands: rows level, every card a frameless box of its own.

import type { Board, BoardScene, PortStyle } from '../layout/board.ts';
import type { Placement } from '../layout/placing/placement.ts';
import type { Cells } from './cells.ts';
import type { Form, FormName } from './form.ts';

const PEER_HEIGHT = 56;
const STYLES: Record<FormName, PortStyle> = {
  large: { compactMarks: false, mostPorts: null, portsApart: null },
  middle: { compactMarks: true, mostPorts: null, portsApart: null },
  small: { compactMarks: true, mostPorts: 2, portsApart: 24 },
};

export function portStyle(form: Form): PortStyle {
  return STYLES[form.name];
}

/** Cards that are no box are no larger than they need to be. */
export function cardHeight(form: Form, isPeer: boolean): number {
  return isPeer ? Math.min(PEER_HEIGHT, form.height) : form.height;
}

export function boardScene(
  cards: readonly { id: string; type: string; isPeer: boolean }[],
  lines: BoardScene['links'],
  form: Form,
): BoardScene {
  return {
    cards: cards.map(({ id, type, isPeer }) => ({
      id,
      type,
      box: null,
      width: form.width,
      height: cardHeight(form, isPeer),
    })),
    links: lines,
  };
}

/** `gaps` are px between two rows, from the first on. Cards of `board` are those of `cells`, by index. */
export function gridPlacement(board: Board, cells: Cells, form: Form, gaps: readonly number[]): Placement {
  const count = board.cards.length;
  const tops: number[] = [0];
  for (const gap of gaps) tops.push(tops.at(-1)! + form.height + gap);
  const y = Float64Array.from({ length: count }, (_, card) => {
    const spare = form.height - board.height[card]!;
    return tops[cells.row[card]!]! + spare / 2;
  });
  const boxOfCard = board.boxOf;
  const byBox = <T extends Int32Array | Float64Array>(values: T): T => {
    const sorted = values.slice() as T;
    for (const [card, box] of boxOfCard.entries()) sorted[box] = values[card]!;
    return sorted;
  };
  const column = byBox(cells.column);
  const boxY = byBox(y);
  const order = [...boxOfCard.keys()].sort((a, b) => boxY[a]! - boxY[b]! || column[a]! - column[b]!);
  const cardOfBox = new Int32Array(count);
  for (const [card, box] of boxOfCard.entries()) cardOfBox[box] = card;
  return {
    layer: cells.column,
    columns: cells.columns,
    order,
    cells: [...cardOfBox].map((card) => [[card]]),
    left: column,
    right: column,
    y,
    boxY,
    boxHeight: byBox(board.height),
    height: tops.at(-1)! + form.height,
    above: new Float64Array(count),
    aboveBox: new Float64Array(count),
  };
}
