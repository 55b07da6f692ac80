// latchwork stat: what each of a kind does, as `linkerd viz stat` asks for it.

import { boundsOf } from '@latchwork/figures/latency';
import type { Parts } from '@latchwork/shared/parts';
import type { Snapshot } from '@latchwork/shared/snapshot';
import type { Stat, StatRow } from '@latchwork/shared/stat';
import { flag, toggle } from '../flags/flag.ts';
import { text } from '../flags/plain-values.ts';
import { FORMATS, formatOf, outputFlags, SCOPE_FLAGS } from './asking/asking-flags.ts';
import { type Looking, lookingCommand } from './asking/looking.ts';
import { matches, resourceOf, resourcesOf, WORKLOAD_KINDS } from './asking/resources.ts';
import { scopeOf } from './asking/scope-of.ts';
import { exitOf, GRAPH_NEEDS, statNeeds } from './asking/seen.ts';
import { sayAbout } from './printing/said.ts';
import { STATTED_KINDS, tablesOf } from './printing/stat-kinds.ts';
import { pairRows } from './printing/stat-rows.ts';
import { statCsv, statTable } from './printing/stat-table.ts';
import { watched } from './printing/watched.ts';

const HERE = { hasVariable: false };
const PAIRED_KINDS = [...WORKLOAD_KINDS, 'all'];

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
    'Types are those of linkerd viz stat: deploy, sts, ds, job, cj, rs, rc, po, ns, svc, srv, saz, ap, httproute and all; also grpcroute.',
    'Without a type it is workloads of every kind, without --namespace the whole mesh.',
  ],
  flags: FLAGS,
  check: (given) => void questionOf(given),
  run: (looking) => watched(looking, looking.settings.watch, (terminal) => print({ ...looking, terminal })),
});

function questionOf({ settings, words }: Pick<Given, 'settings' | 'words'>) {
  const { to, from, toNamespace, fromNamespace, namespaces, allNamespaces } = settings;
  if ((to ?? toNamespace) !== null && (from ?? fromNamespace) !== null)
    throw new Error('--to and --from exclude each other: ask one after the other');
  if (allNamespaces && namespaces.length > 0)
    throw new Error('--all-namespaces and --namespace exclude each other: leave one out');
  const way = (from ?? fromNamespace) === null ? ('to' as const) : ('from' as const);
  const [peer, namespace] = way === 'to' ? [to, toNamespace] : [from, fromNamespace];
  if (peer === null && namespace === null)
    return { resources: resourcesOf(words, STATTED_KINDS), peer: null, way };
  return {
    // Edges are between workloads: nobody else has another end.
    resources: resourcesOf(words, PAIRED_KINDS),
    peer: { ...resourceOf(peer ?? 'all', PAIRED_KINDS), namespace },
    way,
  };
}

async function print(looking: Given): Promise<number> {
  const { settings, asking, terminal, look } = looking;
  const [about, { rows, snapshot, needed }] = await Promise.all([asking.about(), read(looking)]);
  const shown = rows.filter(({ meshed }) => meshed !== false || settings.unmeshed || settings.from !== null);
  const format = formatOf(settings);
  if (format === 'json') terminal.print(jsonOf(snapshot, shown));
  else if (format === 'csv') terminal.print(statCsv(shown));
  else terminal.print(statTable(shown, { ...about, bounds: boundsOf(snapshot) }, look));
  sayAbout(snapshot, terminal.say);
  if (shown.length === 0)
    terminal.say(
      rows.length > 0
        ? 'none of them has a proxy: --unmeshed shows them'
        : 'nothing there is known of, and nothing was seen',
    );
  return exitOf(snapshot.parts, needed, rows.length === 0);
}

interface Read {
  readonly rows: readonly StatRow[];
  readonly snapshot: Snapshot;
  /** What these rows are made of. */
  readonly needed: readonly string[];
}

async function read({ settings, words, asking }: Given): Promise<Read> {
  const { resources, way, peer } = questionOf({ settings, words });
  const scope = scopeOf(settings);
  if (peer === null) {
    const answers = await Promise.all(
      tablesOf(resources).map((kind) => asking.ask('stat', { kind, ...scope })),
    );
    const rows = answers.flatMap((answer) => answer.rows.filter((row) => matches(resources, row)));
    const [first] = answers as [Stat];
    return {
      rows,
      snapshot: { ...first, parts: partsOf(answers) },
      needed: answers.flatMap(({ kind }) => statNeeds(kind)),
    };
  }
  const { nodes, edges, ...snapshot } = await asking.ask('graph', scope);
  const named = new Set(scope.namespace ?? []);
  const rows = pairRows({ nodes, edges }, resources, peer, way);
  const shown = rows.filter(({ namespace }) => named.size === 0 || named.has(namespace));
  return { rows: shown, snapshot, needed: GRAPH_NEEDS };
}

/** Of what one table is made, its own answer knows best. */
function partsOf(answers: readonly Stat[]): Parts {
  const own = answers.flatMap(({ kind, parts }) =>
    statNeeds(kind).flatMap((name) => (parts[name] ? [[name, parts[name]] as const] : [])),
  );
  return { ...answers[0]?.parts, ...Object.fromEntries(own) };
}

/** Rows as `GET /api/stat` has them. */
function jsonOf({ at, windowSeconds, parts }: Snapshot, rows: readonly StatRow[]): string {
  return `${JSON.stringify({ at, windowSeconds, rows, parts })}\n`;
}
