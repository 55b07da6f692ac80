// The heads of a matrix, and the sums at the ends of its rows and columns. They stay where they are while cells scroll.

import { count } from '@latchwork/figures/count';
import { threeDigits } from '@latchwork/figures/rate';
import type { Ink } from '../draw/shape.ts';
import { type Item, isInside, type Sum } from './item.ts';
import type { InSight, MatrixLook, Range } from './look.ts';
import type { Matrix } from './matrix.ts';
import type { Lettering, Pen } from './pen.ts';
import { BAND, LEAN, type MatrixSight, type MatrixSizes } from './sizes.ts';

const TURN = (-LEAN * 180) / Math.PI;
const AXIS: Lettering = { size: 11, weight: 500, ink: 'text3' };

export function drawHeads(
  pen: Pen,
  matrix: Matrix,
  sizes: MatrixSizes,
  sight: MatrixSight,
  seen: InSight,
  look: MatrixLook,
): void {
  const { head, sums } = sizes;
  pen.within(0, head.height, head.width + sight.width + sums.width, sight.height, () => {
    for (let row = seen.rows.from; row <= seen.rows.to; row++) drawRow(pen, matrix, sizes, sight, row, look);
  });
  // The last names lean over the sums.
  pen.within(head.width, 0, sight.width + sums.width + head.height, head.height, () => {
    if (sizes.level === 'near') drawBands(pen, matrix, sizes, sight, seen.columns, look);
    for (let column = seen.columns.from; column <= seen.columns.to; column++)
      drawColumn(pen, matrix, sizes, sight, column, look);
  });
  pen.within(head.width, head.height + sight.height, sight.width, sums.height, () => {
    for (let column = seen.columns.from; column <= seen.columns.to; column++)
      drawColumnSum(pen, matrix, sizes, sight, column, look);
  });
  pen.words(12, head.height - 9, 'callers ↓', AXIS);
  pen.words(head.width - 10, head.height - 9, 'callees →', { ...AXIS, anchor: 'end' });
  pen.words(head.width + sight.width + sums.width - 4, head.height - 9, 'out, /s', {
    ...AXIS,
    anchor: 'end',
  });
  pen.words(
    12,
    head.height + sight.height + 17,
    look.fitted('in, requests/s', 11, 500, head.width - 20),
    AXIS,
  );
}

function drawRow(
  pen: Pen,
  { items, rows }: Matrix,
  sizes: MatrixSizes,
  sight: MatrixSight,
  row: number,
  look: MatrixLook,
): void {
  const item = items[rows[row]!]!;
  const [top, foot] = [sizes.rowEdges[row]! - sight.top, sizes.rowEdges[row + 1]! - sight.top];
  const middle = sizes.head.height + (top + foot) / 2;
  const isLit = look.lit.row === row;
  const isGroup = item.kind === 'head' || item.kind === 'folded';
  if (isGroup) drawChevron(pen, 11, middle, item.kind === 'head');
  const workloads = item.kind === 'folded' ? count(item.workloads) : '';
  const size = sizes.level === 'near' ? 12 : 11;
  const x = isInside(item) ? 33 : 22;
  const lettering = nameLettering(item, isLit, size);
  const room = sizes.head.width - x - (workloads === '' ? 8 : 34);
  pen.words(x, middle + 4, look.fitted(item.label, size, lettering.weight, room), lettering);
  if (workloads !== '')
    pen.words(sizes.head.width - 10, middle + 4, workloads, {
      size: 10.5,
      weight: 400,
      ink: 'text3',
      anchor: 'end',
    });
  drawSum(pen, item.out, sizes.head.width + sight.width + sizes.sums.width - 4, middle + 4, isLit, {
    anchor: 'end',
  });
}

function drawColumn(
  pen: Pen,
  { items, columns }: Matrix,
  sizes: MatrixSizes,
  sight: MatrixSight,
  column: number,
  look: MatrixLook,
): void {
  const item = items[columns[column]!]!;
  if (item.kind === 'head' && sizes.level === 'near') return;
  const [left, right] = [
    sizes.columnEdges[column]! - sight.left,
    sizes.columnEdges[column + 1]! - sight.left,
  ];
  const size = sizes.level === 'near' ? 12 : 11;
  const x = sizes.head.width + (left + right) / 2 + 3;
  const lettering = nameLettering(item, look.lit.column === column, size);
  const room = (sizes.head.height - 18 - (sizes.level === 'near' ? BAND : 0)) / Math.sin(LEAN);
  pen.words(x, sizes.head.height - 7, look.fitted(item.label, size, lettering.weight, room), {
    ...lettering,
    turn: TURN,
  });
}

/** The names of open boxes over their columns, each with a line as long as it reaches. */
function drawBands(
  pen: Pen,
  { items, columns }: Matrix,
  sizes: MatrixSizes,
  sight: MatrixSight,
  range: Range,
  look: MatrixLook,
): void {
  const at = (column: number) => sizes.head.width + sizes.columnEdges[column]! - sight.left;
  let from = range.from;
  while (from > 0 && isInside(items[columns[from]!]!)) from--;
  for (let column = from; column <= range.to; column++) {
    const item = items[columns[column]!]!;
    if (item.kind !== 'head') continue;
    let end = column + 1;
    while (end < columns.length && isInside(items[columns[end]!]!) && items[columns[end]!]!.box === item.box)
      end++;
    const [left, right] = [at(column) + 5, at(end) - 2];
    const hasChevron = right - left > 60;
    if (hasChevron) drawChevron(pen, left + 4, 10, true);
    const room = right - left - (hasChevron ? 14 : 0);
    pen.words(left + (hasChevron ? 14 : 0), 14, look.fitted(item.label, 12, 600, room), {
      size: 12,
      weight: 600,
      ink: 'text',
    });
    pen.line(left, 20.5, right, 20.5, 'line3', 1);
  }
}

function drawColumnSum(
  pen: Pen,
  { items, columns }: Matrix,
  sizes: MatrixSizes,
  sight: MatrixSight,
  column: number,
  look: MatrixLook,
): void {
  const sum = items[columns[column]!]!.in;
  const x = sizes.head.width + (sizes.columnEdges[column]! + sizes.columnEdges[column + 1]!) / 2 - sight.left;
  const y = sizes.head.height + sight.height;
  const isLit = look.lit.column === column;
  if (sizes.level === 'near')
    drawSum(pen, sum, x + sizes.cell.width / 2 - 3, y + 17, isLit, { anchor: 'end' });
  else drawSum(pen, sum, x - 3.5, y + 6, isLit, { turn: 90 });
}

function drawSum(
  pen: Pen,
  sum: Sum | null,
  x: number,
  y: number,
  isLit: boolean,
  look: Partial<Lettering>,
): void {
  if (!sum) return;
  const status: Ink | null = sum.tone === 'bad' ? 'bad' : sum.tone === 'warn' ? 'warn' : null;
  const weight = isLit || status ? 600 : 400;
  pen.words(x, y, threeDigits(sum.rps), {
    size: 10.5,
    weight,
    ink: status ?? (isLit ? 'text' : 'text3'),
    ...look,
  });
}

function drawChevron(pen: Pen, x: number, y: number, isOpen: boolean): void {
  const points = isOpen
    ? ([
        [x - 3.5, y - 1.75],
        [x, y + 1.75],
        [x + 3.5, y - 1.75],
      ] as const)
    : ([
        [x - 1.75, y - 3.5],
        [x + 1.75, y],
        [x - 1.75, y + 3.5],
      ] as const);
  pen.strokes(points, 'text3', 1.3);
}

function nameLettering(item: Item, isLit: boolean, size: number): Lettering {
  const isStrong = isLit || item.kind === 'head';
  return {
    size,
    weight: isStrong ? 600 : isInside(item) ? 400 : 500,
    ink: isStrong || !isInside(item) ? 'text' : 'text2',
  };
}
