// Which cell of the grid each card gets: columns by depth first, then swaps that make the drawn lines short, forward and
// apart. Seeded and bounded, so that the same map always looks the same.

import { seeded } from './chance.ts';
import type { Outer } from './depth.ts';
import { type GridLine, lineCost, Straight } from './grid-cost.ts';

/** Column and row of each card, by index. */
export interface Cells {
  columns: number;
  rows: number;
  column: Int32Array;
  row: Int32Array;
}

export interface CellAsk {
  columns: number;
  rows: number;
  /** Indices of cards from the shallowest to the deepest. */
  order: readonly number[];
  outer: readonly Outer[];
  lines: readonly GridLine[];
}

const TRIALS_A_CARD = 120;
const LEAST_TRIALS = 16_000;
const MOST_TRIALS = 48_000;
const HOT = 6;
const COLD = 0.01;
const CROSSING = 2.2;
const ASIDE = 0.35;
const ASIDE_WITHOUT_LINES = 0.8;
const OUTER = 50;
const SEED = 20;

export function cells({ columns, rows, order, outer, lines }: CellAsk): Cells {
  const made = firstCells(columns, rows, order);
  swap(made, wantedColumns(order, columns), outer, lines);
  return made;
}

/** Where a card would stand by its depth alone. */
export function wantedColumns(order: readonly number[], columns: number): Float64Array {
  const wanted = new Float64Array(order.length);
  for (const [rank, card] of order.entries()) wanted[card] = ((rank + 0.5) / order.length) * columns - 0.5;
  return wanted;
}

/** Columns of equal number, each in the middle of its height. */
function firstCells(columns: number, rows: number, order: readonly number[]): Cells {
  const [column, row] = [new Int32Array(order.length), new Int32Array(order.length)];
  for (let c = 0; c < columns; c++) {
    const from = Math.floor((c * order.length) / columns);
    const to = Math.floor(((c + 1) * order.length) / columns);
    const top = Math.floor((rows - (to - from)) / 2);
    for (let rank = from; rank < to; rank++) {
      column[order[rank]!] = c;
      row[order[rank]!] = top + rank - from;
    }
  }
  return { columns, rows, column, row };
}

function swap(at: Cells, wanted: Float64Array, outer: readonly Outer[], lines: readonly GridLine[]): void {
  const count = at.column.length;
  if (count < 2) return;
  const random = seeded(SEED);
  /** Lines of each card, by index. */
  const touching: number[][] = Array.from({ length: count }, () => []);
  for (const [index, { source, target }] of lines.entries()) {
    touching[source]!.push(index);
    touching[target]!.push(index);
  }
  const straight = new Straight(at, lines);
  const grid = new Int32Array(at.columns * at.rows).fill(-1);
  const cellOf = (card: number) => at.column[card]! * at.rows + at.row[card]!;
  for (let card = 0; card < count; card++) grid[cellOf(card)] = card;

  const put = (card: number, cell: number) => {
    at.column[card] = Math.floor(cell / at.rows);
    at.row[card] = cell % at.rows;
    grid[cell] = card;
    straight.moved(touching[card]!);
  };

  function asideCost(card: number): number {
    const column = at.column[card]!;
    const k = touching[card]!.length > 0 ? ASIDE : ASIDE_WITHOUT_LINES;
    let cost = k * Math.max(0, Math.abs(column - wanted[card]!) - 0.5);
    if (outer[card] === 'first') cost += OUTER * column;
    if (outer[card] === 'last') cost += OUTER * (at.columns - 1 - column);
    return cost;
  }

  /** Of two cards, with all that their lines cost. */
  function costOf(a: number, b: number): number {
    const own = b < 0 ? touching[a]! : ofEither(lines, touching, a, b);
    let cost = asideCost(a) + (b < 0 ? 0 : asideCost(b));
    for (const line of own) cost += lineCost(at, lines[line]!);
    return cost + CROSSING * straight.crossings(own);
  }

  const trials = Math.min(MOST_TRIALS, Math.max(LEAST_TRIALS, TRIALS_A_CARD * count));
  for (let trial = 0; trial < trials; trial++) {
    const temperature = HOT * (1 - trial / trials) ** 2 + COLD;
    const card = Math.floor(random() * count);
    const from = cellOf(card);
    const to = targetCell(at, card, touching[card]!, lines, random);
    if (to === null || to === from) continue;
    const other = grid[to]!;
    const before = costOf(card, other);
    grid[from] = -1;
    put(card, to);
    if (other >= 0) put(other, from);
    const risen = costOf(card, other) - before;
    if (risen <= 0 || random() < Math.exp(-risen / temperature)) continue;
    grid[to] = -1;
    put(card, from);
    if (other >= 0) put(other, to);
  }
}

/** Lines of either card, each once. */
function ofEither(
  lines: readonly GridLine[],
  touching: readonly (readonly number[])[],
  a: number,
  b: number,
): number[] {
  const own = [...touching[a]!];
  for (const line of touching[b]!) if (lines[line]!.source !== a && lines[line]!.target !== a) own.push(line);
  return own;
}

/** Half the time beside a partner: the column before its callee or after its caller, a row off at most; else anywhere. */
function targetCell(
  at: Cells,
  card: number,
  own: readonly number[],
  lines: readonly GridLine[],
  random: () => number,
): number | null {
  if (own.length === 0 || random() < 0.5) return Math.floor(random() * at.columns * at.rows);
  const line = lines[own[Math.floor(random() * own.length)]!]!;
  const [partner, step] = line.source === card ? [line.target, -1] : [line.source, 1];
  const column = at.column[partner]! + step;
  const row = at.row[partner]! + Math.floor(random() * 3) - 1;
  if (column < 0 || column >= at.columns || row < 0 || row >= at.rows) return null;
  return column * at.rows + row;
}
