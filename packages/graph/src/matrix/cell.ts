// A cell of a matrix: all that one item asks of another. Many of them travel between threads as one block of numbers.

import type { Tone } from '../draw/encode.ts';
import type { Link } from '../scene/link.ts';
import type { MarkKind } from '../scene/mark-kind.ts';

export interface Cell {
  /** Of the matrix that it is in. */
  row: number;
  column: number;
  edges: number;
  mark: MarkKind;
  tone: Tone;
  protocol: Link['protocol'];
  partlyRefused: boolean;
  /** Requests a second; null without HTTP. */
  rps: number | null;
  successRate: number | null;
  requests: number;
  failures: number;
  /** Of requests, else of connections. */
  securedShare: number | null;
  refusedRps: number;
  unreachedRps: number;
  openConnections: number | null;
  /** Of several edges those that are off their target though all together are not, and the worst of them. */
  offEdges: number;
  offTone: Tone;
}

/** `parts`: its edges one by one, where it has several. */
export function toCell(link: Link, parts: readonly Link[], row: number, column: number): Cell {
  const off = link.tone === 'good' || link.tone === 'none' ? parts.map(({ tone }) => tone).filter(isOff) : [];
  const { http, tcp, edges, mark, tone, protocol, partlyRefused } = link;
  return {
    row,
    column,
    edges: edges.length,
    mark,
    tone,
    protocol,
    partlyRefused,
    rps: http?.rps ?? null,
    successRate: http?.successRate ?? null,
    requests: http?.requests ?? 0,
    failures: http?.failures ?? 0,
    securedShare: link.securedShare,
    refusedRps: link.refusedRps,
    unreachedRps: link.unreachedRps,
    openConnections: tcp?.openConnections ?? null,
    offEdges: off.length,
    offTone: off.includes('bad') ? 'bad' : off.length > 0 ? 'warn' : 'none',
  };
}

function isOff(tone: Tone): boolean {
  return tone === 'bad' || tone === 'warn';
}

/** All requests a second that were tried. */
export function triedRps({ rps, unreachedRps }: Pick<Cell, 'rps' | 'unreachedRps'>): number {
  return (rps ?? 0) + unreachedRps;
}

const MARKS: readonly MarkKind[] = [
  ...(['none', 'secured', 'mixed', 'plaintext', 'opaque', 'unknown', 'refused', 'broken'] as const),
];
const TONES: readonly Tone[] = ['none', 'good', 'warn', 'bad', 'denied'];
const WIDTH = 17;

/** By row, then by column. `starts[row]` is the first of a row, `starts[row + 1]` the first after it. */
export interface Cells {
  numbers: Float64Array;
  starts: Uint32Array;
}

/** `cells` are sorted by row, then by column. NaN stands for null. */
export function packed(cells: readonly Cell[], rows: number): Cells {
  const numbers = new Float64Array(cells.length * WIDTH);
  const starts = new Uint32Array(rows + 1);
  cells.forEach((cell, index) => {
    starts[cell.row + 1]! += 1;
    numbers.set(
      [
        ...[cell.row, cell.column, cell.edges, MARKS.indexOf(cell.mark), TONES.indexOf(cell.tone)],
        ...[Number(cell.protocol === 'tcp'), Number(cell.partlyRefused), cell.rps ?? Number.NaN],
        ...[cell.successRate ?? Number.NaN, cell.requests, cell.failures, cell.securedShare ?? Number.NaN],
        ...[cell.refusedRps, cell.unreachedRps, cell.openConnections ?? Number.NaN],
        ...[cell.offEdges, TONES.indexOf(cell.offTone)],
      ],
      index * WIDTH,
    );
  });
  for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!;
  return { numbers, starts };
}

export function cellCount({ numbers }: Cells): number {
  return numbers.length / WIDTH;
}

export function columnAt({ numbers }: Cells, index: number): number {
  return numbers[index * WIDTH + 1]!;
}

export function cellAt({ numbers }: Cells, index: number): Cell {
  const number = (at: number) => numbers[index * WIDTH + at]!;
  const known = (at: number) => (Number.isNaN(number(at)) ? null : number(at));
  return {
    row: number(0),
    column: number(1),
    edges: number(2),
    mark: MARKS[number(3)]!,
    tone: TONES[number(4)]!,
    protocol: number(5) === 1 ? 'tcp' : 'http',
    partlyRefused: number(6) === 1,
    rps: known(7),
    successRate: known(8),
    requests: number(9),
    failures: number(10),
    securedShare: known(11),
    refusedRps: number(12),
    unreachedRps: number(13),
    openConnections: known(14),
    offEdges: number(15),
    offTone: TONES[number(16)]!,
  };
}

/** Index of the first cell of `row` that is not left of `column`; the first of the next row when there is none. */
export function firstFrom(cells: Cells, row: number, column: number): number {
  let [low, high] = [cells.starts[row]!, cells.starts[row + 1]!];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (columnAt(cells, middle) < column) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Null where nobody calls. */
export function cellIn(cells: Cells, row: number, column: number): Cell | null {
  const index = firstFrom(cells, row, column);
  return index < cells.starts[row + 1]! && columnAt(cells, index) === column ? cellAt(cells, index) : null;
}
