// What a matrix says when it is read aloud, cell by cell.

import { counted } from '@latchwork/figures/count';
import { threeDigits } from '@latchwork/figures/rate';
import type { Judge } from '@latchwork/figures/targets';
import { endsOf, linkFacts } from '../draw/spoken.ts';
import { type Cell, cellCount, cellIn } from './cell.ts';
import type { Item, Sum } from './item.ts';
import type { Matrix } from './matrix.ts';

export function spokenCell(matrix: Matrix, row: number, column: number, judge: Judge): string {
  const [from, to] = [matrix.items[matrix.rows[row]!]!, matrix.items[matrix.columns[column]!]!];
  const cell = cellIn(matrix.cells, row, column);
  return [endsText(from, to), ...(cell ? cellFacts(cell, judge) : ['no calls'])].join(', ');
}

/** "web to cart in shop"; "inside shop" on the diagonal of a folded namespace. */
export function endsText(from: Item, to: Item): string {
  if (from.id === to.id) return from.kind === 'folded' ? `inside ${from.label}` : `${from.label} to itself`;
  const card = ({ id, label, namespace, kind }: Item) =>
    [id, { label, namespace, type: kind === 'folded' ? 'folded' : 'workload' }] as const;
  return endsOf({ source: from.id, target: to.id }, new Map([card(from), card(to)]));
}

function cellFacts(cell: Cell, judge: Judge): string[] {
  const { rps, successRate, requests, failures, openConnections } = cell;
  const http = rps === null ? null : { rps, successRate, requests, failures };
  return linkFacts(
    {
      ...cell,
      edges: { length: cell.edges },
      http,
      tcp: cell.protocol === 'tcp' ? { openConnections } : null,
    },
    judge,
  );
}

export function spokenItem({ label, kind, namespace, workloads }: Item): string {
  if (kind === 'folded') return `${label}, folded namespace, ${counted(workloads, 'workload')}`;
  return namespace === null ? label : `${label} in ${namespace}`;
}

export function spokenSum(sum: Sum | null, way: 'in' | 'out'): string {
  return sum === null ? `no requests ${way}` : `${threeDigits(sum.rps)} requests a second ${way}`;
}

/** What a filter leaves, in words. */
export function matrixWords({ items, rows, columns, cells, left, idle }: Matrix): string {
  const bodies = (side: readonly number[]) => side.filter((item) => items[item]!.kind !== 'head').length;
  const parts = [
    `${bodies(rows)} × ${bodies(columns)}`,
    left.cells > 0
      ? `${cellCount(cells)} of ${counted(cellCount(cells) + left.cells, 'cell')}`
      : counted(cellCount(cells), 'cell'),
  ];
  if (left.rows > 0 || left.columns > 0)
    parts.push(`${counted(left.rows, 'row')} and ${counted(left.columns, 'column')} left out`);
  if (idle > 0) parts.push(`${idle} without traffic`);
  return parts.join(', ');
}
