// What a matrix says when it is read aloud, cell by cell.

import { counted } from '@latchwork/figures/count';
import { threeDigits } from '@latchwork/figures/rate';
import type { Judge } from '@latchwork/figures/targets';
import { endsOf, linkFacts } from '../draw/spoken.ts';
import { boxWord, spokenBox } from '../scene/box-of.ts';
import { type Cell, cellAt, cellCount, cellIn } from './cell.ts';
import { bodiesOf, type Item, type Sum } from './item.ts';
import type { Matrix } from './matrix.ts';

export function spokenCell(matrix: Matrix, row: number, column: number, judge: Judge): string {
  const [from, to] = [matrix.items[matrix.rows[row]!]!, matrix.items[matrix.columns[column]!]!];
  const cell = cellIn(matrix.cells, row, column);
  return [endsText(from, to), ...(cell ? cellFacts(cell, judge) : ['no calls'])].join(', ');
}

/** "web to cart in shop"; "inside shop" on the diagonal of a folded box. */
export function endsText(from: Item, to: Item): string {
  if (from.id === to.id) return from.kind === 'folded' ? `inside ${from.label}` : `${from.label} to itself`;
  const card = ({ id, label, namespace, kind }: Item) =>
    [id, { label, namespace, type: kind === 'folded' ? 'folded' : 'workload' }] as const;
  return endsOf({ source: from.id, target: to.id }, new Map([card(from), card(to)]));
}

function cellFacts(cell: Cell, judge: Judge): string[] {
  const { rps, successRate, requests, failures, openConnections } = cell;
  const http = rps === null ? null : { rps, successRate, requests, failures };
  const facts = linkFacts(
    {
      ...cell,
      edges: { length: cell.edges },
      http,
      tcp: cell.protocol === 'tcp' ? { openConnections } : null,
    },
    judge,
  );
  return cell.offEdges > 0 ? [...facts, `${cell.offEdges} of them below the target`] : facts;
}

export function spokenItem({ label, kind, group, namespace, workloads }: Item): string {
  if (kind === 'folded') return `${label}, folded ${boxWord(group?.by)}, ${counted(workloads, 'workload')}`;
  if (namespace === null) return label;
  return `${label} in ${namespace}${group ? `, ${spokenBox(group)}` : ''}`;
}

export function spokenSum(sum: Sum | null, way: 'in' | 'out'): string {
  return sum === null ? `no requests ${way}` : `${threeDigits(sum.rps)} requests a second ${way}`;
}

/** What a filter leaves, in words. */
export function matrixWords({ items, rows, columns, cells, left, idle }: Matrix): string {
  const parts = [
    `${bodiesOf(items, rows).length} × ${bodiesOf(items, columns).length}`,
    left.cells > 0
      ? `${cellCount(cells)} of ${counted(cellCount(cells) + left.cells, 'cell')}`
      : counted(cellCount(cells), 'cell'),
  ];
  if (left.rows > 0 || left.columns > 0)
    parts.push(`${counted(left.rows, 'row')} and ${counted(left.columns, 'column')} left out`);
  if (idle > 0) parts.push(`${idle} without traffic`);
  return parts.join(', ');
}

/** Of so many exceptions each is told. */
const MOST_TOLD = 200;

/** How much there is, and its exceptions by name. */
export function spokenMatrix(matrix: Matrix, judge: Judge): string {
  const cells = Array.from({ length: cellCount(matrix.cells) }, (_, index) => cellAt(matrix.cells, index));
  const loud = cells.filter(
    ({ mark, tone, refusedRps, offEdges }) =>
      mark !== 'secured' || tone === 'bad' || tone === 'warn' || refusedRps > 0 || offEdges > 0,
  );
  const told = loud.slice(0, MOST_TOLD).map(({ row, column }) => spokenCell(matrix, row, column, judge));
  const more =
    loud.length > MOST_TOLD ? [`${loud.length - MOST_TOLD} more that are not secured or not well`] : [];
  const all = `Callers as rows, callees as columns: ${matrixWords(matrix)}.`;
  return loud.length === 0
    ? `${all} All of them are secured and healthy.`
    : `${all} ${[...told, ...more].join('; ')}.`;
}
