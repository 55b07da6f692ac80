// The columns of the tables by kind: what each shows, what it is sorted by, and what it is in a file. Pure.

import { bytesRate } from '@latchwork/figures/bytes';
import { count } from '@latchwork/figures/count';
import type { CsvColumn } from '@latchwork/figures/csv/csv';
import type { Figure } from '@latchwork/figures/figure';
import { latency } from '@latchwork/figures/latency';
import { authorizationText, clientText, routeText, serverText } from '@latchwork/figures/policy-words';
import { rate } from '@latchwork/figures/rate';
import type { Targets } from '@latchwork/figures/targets';
import type { Golden } from '@latchwork/shared/golden';
import type { PolicyRow } from '@latchwork/shared/policies';
import type { Decisions, StatRow } from '@latchwork/shared/stat';

interface Named<Row> {
  /** In the address, and in the file. */
  readonly name: string;
  readonly label: string;
  readonly title: string;
  /** Left out of a window narrower than this, in px. */
  readonly fromPx?: number;
  readonly value: (row: Row) => number | string | null;
}

/** Words stand at the left, null where there are none; a success has a sign of its own; all else is a figure. */
export type KindColumn<Row> =
  | (Named<Row> & { readonly is: 'words'; readonly words: (row: Row) => string | null })
  | (Named<Row> & { readonly is: 'success'; readonly golden: (row: Row) => Golden | null })
  | (Named<Row> & { readonly is: 'figure'; readonly figure: (row: Row, targets: Targets) => Figure | null });

type Rated = { readonly golden: Golden | null };

function text<Row>(
  name: string,
  label: string,
  title: string,
  words: (row: Row) => string | null,
  fromPx = 0,
  value: (row: Row) => number | string | null = words,
): KindColumn<Row> {
  return { is: 'words', name, label, title, words, value, fromPx };
}

function perSecond<Row>(
  name: string,
  label: string,
  title: string,
  value: (row: Row) => number | null,
  fromPx = 0,
): KindColumn<Row> {
  return { is: 'figure', name, label, title, value, figure: (row) => rate(value(row)), fromPx };
}

function quantile<Row extends Rated>(
  name: 'p50' | 'p95' | 'p99',
  title: string,
  fromPx = 0,
): KindColumn<Row> {
  const value = ({ golden }: Row) => golden?.[`${name}Ms`] ?? null;
  return {
    ...{ is: 'figure', name, label: name, title, value, fromPx },
    figure: (row, { bounds, latencyTargetMs }) => latency(value(row), bounds, latencyTargetMs),
  };
}

function golden<Row extends Rated>(): KindColumn<Row>[] {
  return [
    perSecond<Row>('rate', 'Rate', 'Requests answered a second', (row) => row.golden?.rps ?? null),
    {
      ...{ is: 'success', name: 'success', label: 'Success', golden: (row) => row.golden },
      title: 'Share of responses that Linkerd classifies as success',
      value: (row) => row.golden?.successRate ?? null,
    },
    quantile<Row>('p50', 'Half of the first bytes came faster', 1100),
    quantile<Row>('p95', '95 of 100 first bytes came faster', 720),
    quantile<Row>('p99', '99 of 100 first bytes came faster', 1000),
  ];
}

const CONNECTIONS: KindColumn<StatRow>[] = [
  {
    ...{
      is: 'figure',
      name: 'connections',
      label: 'Connections',
      title: 'TCP connections open',
      fromPx: 820,
    },
    value: ({ tcp }) => tcp?.openConnections ?? null,
    figure: ({ tcp }) =>
      tcp?.openConnections == null ? null : { value: count(tcp.openConnections), unit: '' },
  },
  {
    ...{ is: 'figure', name: 'read', label: 'Read', title: 'Bytes read a second', fromPx: 940 },
    value: ({ tcp }) => tcp?.readBytesPerSecond ?? null,
    figure: ({ tcp }) => bytesRate(tcp?.readBytesPerSecond ?? null),
  },
  {
    ...{ is: 'figure', name: 'written', label: 'Written', title: 'Bytes written a second', fromPx: 940 },
    value: ({ tcp }) => tcp?.writeBytesPerSecond ?? null,
    figure: ({ tcp }) => bytesRate(tcp?.writeBytesPerSecond ?? null),
  },
];

const REFUSED = perSecond<StatRow>(
  'refused',
  'Refused',
  'Requests a second that policy turned away',
  ({ refused }) => refused,
  600,
);

const MESHED: KindColumn<StatRow> = text(
  'meshed',
  'Meshed',
  'Pods with a proxy, of all running ones',
  ({ pods, meshed }) =>
    pods ? `${pods.meshed} of ${pods.running}` : meshed === null ? null : meshed ? 'yes' : 'no',
  520,
  ({ pods, meshed }) =>
    pods ? (pods.running > 0 ? pods.meshed / pods.running : null) : meshed === null ? null : Number(meshed),
);

const OWNER: KindColumn<StatRow> = text(
  'owner',
  'Workload',
  'Whose pod it is',
  ({ owner }) => owner?.split('/').at(-1) ?? null,
  880,
);
const STATUS: KindColumn<StatRow> = text(
  'status',
  'Status',
  'As kubectl prints it',
  ({ status }) => status,
  1180,
);

export const STAT_COLUMNS: Readonly<Record<'namespace' | 'pod' | 'service', readonly KindColumn<StatRow>[]>> =
  {
    namespace: [MESHED, ...golden<StatRow>(), REFUSED, ...CONNECTIONS],
    pod: [OWNER, STATUS, MESHED, ...golden<StatRow>(), REFUSED, ...CONNECTIONS],
    service: [...golden<StatRow>(), ...CONNECTIONS],
  };

function decided(name: keyof Decisions, label: string, title: string, fromPx = 0): KindColumn<PolicyRow> {
  return perSecond(name, label, title, ({ decisions }) => decisions[name], fromPx);
}

export const POLICY_COLUMNS: readonly KindColumn<PolicyRow>[] = [
  text('server', 'Server', 'What stands before the port', serverText, 560),
  text('route', 'Route', 'What the request matched there', (row) => routeText(row) || null, 820),
  text(
    'authorization',
    'Authorization',
    'What let it in; a dash where nothing did',
    (row) => authorizationText(row) || null,
    700,
  ),
  text('clients', 'By', 'Identities of who called, the most first', clientsText, 1280),
  decided('allowed', 'Allowed', 'Requests a second that were authorized'),
  decided('denied', 'Denied', 'Requests a second that nothing authorized'),
  decided('unmatched', 'No route', 'Requests a second that no route of the Server matched', 1000),
  decided('rateLimited', 'Limited', 'Requests a second above a rate limit', 880),
  decided('audited', 'Audited', 'Let through, and denied under a closed policy', 1560),
  ...golden<PolicyRow>()
    .filter(({ name }) => name === 'rate' || name === 'success' || name === 'p95')
    .map((column) => ({ ...column, fromPx: column.name === 'p95' ? 1560 : 760 })),
];

function clientsText({ clients, moreClients }: PolicyRow): string | null {
  const [first, second] = clients;
  if (!first) return null;
  const more = clients.length - 2 + moreClients;
  return `${clientText(first)}${second ? `, ${clientText(second)}` : ''}${more > 0 ? ` +${more}` : ''}`;
}

export function csvColumns<Row>(
  columns: readonly KindColumn<Row>[],
  before: readonly CsvColumn<Row>[],
): readonly CsvColumn<Row>[] {
  const inFile = (column: KindColumn<Row>) => (column.is === 'words' ? column.words : column.value);
  return [...before, ...columns.map((column): CsvColumn<Row> => [column.name, inFile(column)])];
}
