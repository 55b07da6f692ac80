// latchwork stat: what workloads do, as `linkerd viz stat` asks for it.

import { bytesRate } from '@latchwork/figures/bytes';
import { count } from '@latchwork/figures/count';
import { type CsvColumn, csv } from '@latchwork/figures/csv';
import { boundsOf } from '@latchwork/figures/latency';
import { rate } from '@latchwork/figures/rate';
import type { Targets } from '@latchwork/figures/targets';
import type { Snapshot } from '@latchwork/shared/snapshot';
import { flag, toggle } from '../flags/flag.ts';
import { text } from '../flags/plain-values.ts';
import { FORMATS, formatOf, outputFlags, SCOPE_FLAGS } from './asking-flags.ts';
import { cell, DASH, goldenSign, latencyCell, successCell } from './cells.ts';
import { EXIT_OK } from './command.ts';
import type { Look } from './look.ts';
import { type Looking, lookingCommand } from './looking.ts';
import { resourceOf, resourcesOf, WORKLOAD_KINDS } from './resources.ts';
import { sayAbout } from './said.ts';
import { scopeOf } from './scope-of.ts';
import type { Sign } from './sign.ts';
import { pairRows, type StatRow, workloadRows } from './stat-rows.ts';
import { figures, tableText, words } from './text-table.ts';
import { watched } from './watched.ts';

const HERE = { hasVariable: false };
const KINDS = [...WORKLOAD_KINDS, 'all'];

const FLAGS = {
  ...SCOPE_FLAGS,
  to: flag('to', 'TYPE[/NAME]', 'Only what they send there, as they count it', text, HERE),
  toNamespace: flag('to-namespace', 'NAME', 'The namespace of --to', text, HERE),
  from: flag('from', 'TYPE[/NAME]', 'Only what comes from there, as it counts it', text, HERE),
  fromNamespace: flag('from-namespace', 'NAME', 'The namespace of --from', text, HERE),
  unmeshed: toggle('unmeshed', 'Those without a proxy, too', HERE),
  watch: toggle('watch', 'Print it again every few seconds, until interrupted', { ...HERE, short: 'w' }),
  ...outputFlags(FORMATS),
} as const;

type Given = Looking<typeof FLAGS>;

export const stat = lookingCommand({
  word: 'stat',
  takes: '[TYPE[/NAME]… | TYPE NAME | all]',
  about: [
    'Types are those of linkerd viz stat: deploy, sts, ds, job, cj, rs, rc, po (of bare pods) and all.',
    'Without --namespace it is the whole mesh.',
  ],
  flags: FLAGS,
  check: (given) => void questionOf(given),
  run: (looking) => watched(looking, looking.settings.watch, () => print(looking)),
});

function questionOf({ settings, words: given }: Pick<Given, 'settings' | 'words'>) {
  const { to, from, toNamespace, fromNamespace, namespaces, allNamespaces } = settings;
  if ((to ?? toNamespace) !== null && (from ?? fromNamespace) !== null)
    throw new Error('--to and --from exclude each other: ask one after the other');
  if (allNamespaces && namespaces.length > 0)
    throw new Error('--all-namespaces and --namespace exclude each other: leave one out');
  const way = (from ?? fromNamespace) === null ? ('to' as const) : ('from' as const);
  const [peer, namespace] = way === 'to' ? [to, toNamespace] : [from, fromNamespace];
  return {
    resources: resourcesOf(given, KINDS),
    way,
    peer: peer === null && namespace === null ? null : { ...resourceOf(peer ?? 'all', KINDS), namespace },
  };
}

async function print(looking: Given): Promise<number> {
  const { settings, asking, terminal, look } = looking;
  const about = await asking.about();
  const { rows, snapshot } = await read(looking);
  const shown = rows.filter(({ meshed }) => meshed !== false || settings.unmeshed || settings.from !== null);
  const targets = { ...about, bounds: boundsOf(snapshot) };
  const format = formatOf(settings);
  if (format === 'json') terminal.print(jsonOf(snapshot, shown));
  else if (format === 'csv') terminal.print(csv(shown, CSV));
  else terminal.print(table(shown, targets, look));
  sayAbout(snapshot, terminal.say);
  if (shown.length === 0)
    terminal.say(
      rows.length > 0
        ? 'none of them has a proxy: --unmeshed shows them'
        : 'nothing there is known of, and nothing was seen',
    );
  return EXIT_OK;
}

async function read({
  settings,
  words: given,
  asking,
}: Given): Promise<{ rows: StatRow[]; snapshot: Snapshot }> {
  const { resources, way, peer } = questionOf({ settings, words: given });
  const scope = scopeOf(settings);
  if (peer === null) {
    const { workloads, ...snapshot } = await asking.ask('workloads', scope);
    return { rows: workloadRows(workloads, resources), snapshot };
  }
  const { nodes, edges, ...snapshot } = await asking.ask('graph', scope);
  const named = new Set(scope.namespace ?? []);
  const rows = pairRows({ nodes, edges }, resources, peer, way);
  return { rows: rows.filter(({ namespace }) => named.size === 0 || named.has(namespace)), snapshot };
}

function jsonOf({ at, windowSeconds, parts }: Snapshot, rows: readonly StatRow[]): string {
  return `${JSON.stringify({ at, windowSeconds, rows, parts })}\n`;
}

function table(rows: readonly StatRow[], targets: Targets, look: Look): string {
  const kinds = new Set(rows.map(({ kind }) => kind));
  const nameOf = ({ kind, name, namespace }: StatRow) =>
    `${namespace}/${kinds.size > 1 ? `${kind}/` : ''}${name}`;
  const open = ({ tcp }: StatRow) => (tcp?.openConnections == null ? DASH : count(tcp.openConnections));
  const columns = [
    words('NAME', nameOf),
    figures('MESHED', meshed),
    figures<StatRow>('SUCCESS', ({ golden }) => successCell(golden, targets)),
    figures<StatRow>('RATE', ({ golden }) => cell(golden && rate(golden.rps))),
    figures<StatRow>('P50', ({ golden }) => latencyCell(golden?.p50Ms, targets), 5),
    figures<StatRow>('P95', ({ golden }) => latencyCell(golden?.p95Ms, targets), 1),
    figures<StatRow>('P99', ({ golden }) => latencyCell(golden?.p99Ms, targets), 6),
    figures<StatRow>('REFUSED', ({ refused }) => cell(rate(refused)), 2),
    figures('CONNS', open, 7),
    figures<StatRow>('READ', ({ tcp }) => cell(bytesRate(tcp?.readBytesPerSecond ?? null)), 8),
    figures<StatRow>('WRITE', ({ tcp }) => cell(bytesRate(tcp?.writeBytesPerSecond ?? null)), 9),
  ];
  return tableText({ rows, columns, sign: (row) => signOf(row, targets) }, look);
}

function meshed({ pods, meshed: isMeshed }: StatRow): string {
  if (pods) return `${pods.meshed}/${pods.running}`;
  return isMeshed === null ? DASH : isMeshed ? 'yes' : 'no';
}

function signOf({ golden, meshed: isMeshed, pods }: StatRow, targets: Targets): Sign {
  const told = goldenSign(golden, targets);
  if (told !== null) return told;
  if (isMeshed === false) return 'plaintext';
  if (pods && pods.meshed < pods.running) return 'mixed';
  return golden ? 'well' : 'none';
}

const CSV: readonly CsvColumn<StatRow>[] = [
  ['namespace', ({ namespace }) => namespace],
  ['kind', ({ kind }) => kind],
  ['name', ({ name }) => name],
  ['meshed_pods', ({ pods }) => pods?.meshed],
  ['pods', ({ pods }) => pods?.running],
  ['requests_per_second', ({ golden }) => golden?.rps],
  ['success_rate', ({ golden }) => golden?.successRate],
  ['p50_ms', ({ golden }) => golden?.p50Ms],
  ['p95_ms', ({ golden }) => golden?.p95Ms],
  ['p99_ms', ({ golden }) => golden?.p99Ms],
  ['refused_per_second', ({ refused }) => refused],
  ['open_connections', ({ tcp }) => tcp?.openConnections],
  ['read_bytes_per_second', ({ tcp }) => tcp?.readBytesPerSecond],
  ['write_bytes_per_second', ({ tcp }) => tcp?.writeBytesPerSecond],
];
