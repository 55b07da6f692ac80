// Rows as a table of text: one sign, then columns two spaces apart, as wide as their content. Pure.

import type { Look } from '../asking/look.ts';
import { type Sign, signText, spelled } from './sign.ts';
import { harmless, padded, textWidth } from './text-width.ts';

export interface TextColumn<Row> {
  readonly head: string;
  readonly read: (row: Row) => string;
  /** Figures stand at the right. */
  readonly isFigure?: boolean;
  /** Which column goes first where there is no room: the highest; one without is never left out. */
  readonly leaves?: number;
}

type Read<Row> = (row: Row) => string;

/** A column of words; `leaves` as above. */
export function words<Row>(head: string, read: Read<Row>, leaves?: number): TextColumn<Row> {
  return { head, read, ...(leaves === undefined ? {} : { leaves }) };
}

export function figures<Row>(head: string, read: Read<Row>, leaves?: number): TextColumn<Row> {
  return { ...words(head, read, leaves), isFigure: true };
}

export interface TextTable<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly TextColumn<Row>[];
  readonly sign: (row: Row) => Sign;
  /** Lines under a row, two spaces in. */
  readonly under?: (row: Row) => readonly string[];
}

const GAP = 2;

/** Without a line when there is no row. Columns that are empty in every row are left out. */
export function tableText<Row>({ rows, columns, sign, under }: TextTable<Row>, look: Look): string {
  if (rows.length === 0) return '';
  const filled = columns
    .map((column) => toCells(column, rows, look))
    .filter(({ column, cells }) => column.leaves === undefined || cells.some((cell) => cell !== ''));
  const shown = fitting(filled, look.columns);
  const line = (mark: string, textOf: (cells: Cells<Row>) => string) =>
    `${mark}${' '.repeat(GAP)}${shown
      .map((each, i) =>
        i === shown.length - 1 && !each.column.isFigure ? textOf(each) : aligned(each, textOf(each)),
      )
      .join(' '.repeat(GAP))}`.trimEnd();
  const lines = rows.flatMap((row, i) => [
    line(signText(sign(row), look), ({ cells }) => cells[i] ?? ''),
    ...(under?.(row) ?? []).map((text) => `${' '.repeat(1 + GAP)}${spelled(harmless(text), look)}`),
  ]);
  return [line(' ', ({ column }) => column.head), ...lines, ''].join('\n');
}

interface Cells<Row> {
  readonly column: TextColumn<Row>;
  readonly cells: readonly string[];
  readonly width: number;
}

function toCells<Row>(column: TextColumn<Row>, rows: readonly Row[], look: Look): Cells<Row> {
  const cells = rows.map((row) => spelled(harmless(column.read(row)), look));
  const width = cells.reduce((most, cell) => Math.max(most, textWidth(cell)), column.head.length);
  return { column, cells, width };
}

function aligned<Row>({ column, width }: Cells<Row>, text: string): string {
  return padded(text, width, column.isFigure);
}

function fitting<Row>(columns: readonly Cells<Row>[], room: number | null): readonly Cells<Row>[] {
  if (room === null) return columns;
  const widthOf = (shown: readonly Cells<Row>[]) => shown.reduce((sum, { width }) => sum + GAP + width, 1);
  let shown = columns;
  while (widthOf(shown) > room) {
    const leaving = shown
      .filter(({ column }) => column.leaves !== undefined)
      .sort((a, b) => (b.column.leaves ?? 0) - (a.column.leaves ?? 0))[0];
    if (!leaving) break;
    shown = shown.filter((each) => each !== leaving);
  }
  return shown;
}
