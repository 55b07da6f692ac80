// Rows of a kind as a table of text, and as CSV. What a kind cannot have is left empty; what is not known is a dash.

import { bytesRate } from '@latchwork/figures/bytes';
import { count } from '@latchwork/figures/count';
import { type CsvColumn, csv } from '@latchwork/figures/csv/csv';
import { rate } from '@latchwork/figures/rate';
import type { Targets } from '@latchwork/figures/targets';
import type { Decisions, StatRow } from '@latchwork/shared/stat';
import type { WorkloadTcp } from '@latchwork/shared/workload';
import type { Look } from '../asking/look.ts';
import { cell, DASH, goldenSign, latencyCell, successCell } from './cells.ts';
import type { Sign } from './sign.ts';
import { figures, tableText, words } from './text-table.ts';

const NO_PODS = new Set([
  'service',
  'server',
  'serverauthorization',
  'authorizationpolicy',
  'httproute',
  'grpcroute',
]);

export function statTable(rows: readonly StatRow[], targets: Targets, look: Look): string {
  const kinds = new Set(rows.map(({ kind }) => kind));
  const nameOf = ({ kind, name, namespace }: StatRow) => {
    const own = kind === 'namespace' ? name : `${namespace}/${name}`;
    return kinds.size > 1 ? own.replace(/[^/]+$/, (last) => `${kind}/${last}`) : own;
  };
  const columns = [
    words('NAME', nameOf),
    words<StatRow>(
      'SERVER',
      ({ owner, kind }) => (kind.endsWith('route') ? (owner?.split('/').at(-1) ?? DASH) : ''),
      10,
    ),
    words<StatRow>('STATUS', ({ kind, status }) => (kind === 'pod' ? (status ?? DASH) : ''), 10),
    figures('MESHED', meshed, 11),
    figures<StatRow>('SUCCESS', ({ golden }) => successCell(golden, targets)),
    figures<StatRow>('RATE', ({ golden }) => cell(golden && rate(golden.rps))),
    figures<StatRow>('P50', ({ golden }) => latencyCell(golden?.p50Ms, targets), 5),
    figures<StatRow>('P95', ({ golden }) => latencyCell(golden?.p95Ms, targets), 1),
    figures<StatRow>('P99', ({ golden }) => latencyCell(golden?.p99Ms, targets), 6),
    figures<StatRow>('REFUSED', ({ refused, kind }) => (kind === 'service' ? '' : cell(rate(refused))), 2),
    decided('ALLOWED', 'allowed', 4),
    decided('DENIED', 'denied', 3),
    decided('AUDITED', 'audited', 3),
    decided('LIMITED', 'rateLimited', 3),
    connected(
      'CONNS',
      ({ openConnections }) => (openConnections === null ? DASH : count(openConnections)),
      7,
    ),
    connected('READ', ({ readBytesPerSecond }) => cell(bytesRate(readBytesPerSecond)), 8),
    connected('WRITE', ({ writeBytesPerSecond }) => cell(bytesRate(writeBytesPerSecond)), 9),
  ];
  return tableText({ rows, columns, sign: (row) => signOf(row, targets) }, look);
}

function decided(head: string, what: keyof Decisions, leaves: number) {
  return figures<StatRow>(head, ({ decisions }) => (decisions ? cell(rate(decisions[what])) : ''), leaves);
}

function connected(head: string, read: (tcp: WorkloadTcp) => string, leaves: number) {
  return figures<StatRow>(head, ({ tcp, decisions }) => (tcp ? read(tcp) : decisions ? '' : DASH), leaves);
}

function meshed({ kind, pods, meshed: isMeshed }: StatRow): string {
  if (NO_PODS.has(kind)) return '';
  if (pods) return `${pods.meshed}/${pods.running}`;
  return isMeshed === null ? DASH : isMeshed ? 'yes' : 'no';
}

function signOf({ golden, meshed: isMeshed, pods, refused }: StatRow, targets: Targets): Sign {
  const told = goldenSign(golden, targets);
  if (told !== null) return told;
  if (golden === null && (refused ?? 0) > 0) return 'refused';
  if (isMeshed === false) return 'plaintext';
  if (pods && pods.meshed < pods.running) return 'mixed';
  return golden ? 'well' : 'none';
}

const CSV: readonly CsvColumn<StatRow>[] = [
  ['namespace', ({ namespace }) => namespace],
  ['kind', ({ kind }) => kind],
  ['name', ({ name }) => name],
  ['owner', ({ owner }) => owner],
  ['status', ({ status }) => status],
  ['meshed_pods', ({ pods }) => pods?.meshed],
  ['pods', ({ pods }) => pods?.running],
  ['requests_per_second', ({ golden }) => golden?.rps],
  ['success_rate', ({ golden }) => golden?.successRate],
  ['p50_ms', ({ golden }) => golden?.p50Ms],
  ['p95_ms', ({ golden }) => golden?.p95Ms],
  ['p99_ms', ({ golden }) => golden?.p99Ms],
  ['refused_per_second', ({ refused }) => refused],
  ['allowed_per_second', ({ decisions }) => decisions?.allowed],
  ['denied_per_second', ({ decisions }) => decisions?.denied],
  ['audited_per_second', ({ decisions }) => decisions?.audited],
  ['rate_limited_per_second', ({ decisions }) => decisions?.rateLimited],
  ['open_connections', ({ tcp }) => tcp?.openConnections],
  ['read_bytes_per_second', ({ tcp }) => tcp?.readBytesPerSecond],
  ['write_bytes_per_second', ({ tcp }) => tcp?.writeBytesPerSecond],
];

export function statCsv(rows: readonly StatRow[]): string {
  return csv(rows, CSV);
}
