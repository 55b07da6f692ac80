// latchwork edges: who calls whom, how well, and whether it is locked.

import { edgesCsv } from '@latchwork/figures/csv/edges-csv';
import { boundsOf } from '@latchwork/figures/latency';
import { rate } from '@latchwork/figures/rate';
import type { Edge } from '@latchwork/shared/edge';
import { edgeId } from '@latchwork/shared/edge-id';
import type { Graph } from '@latchwork/shared/graph';
import type { Problems } from '@latchwork/shared/problems/problems';
import type { SettingsOf } from '../flags/flag.ts';
import { AskTrouble } from './asking/asking.ts';
import { type ASKING_FLAGS, FORMATS, formatOf, outputFlags, SCOPE_FLAGS } from './asking/asking-flags.ts';
import { type Looking, lookingCommand } from './asking/looking.ts';
import { resourcesOf, WORKLOAD_KINDS } from './asking/resources.ts';
import { scopeOf } from './asking/scope-of.ts';
import { exitOf, GRAPH_NEEDS } from './asking/seen.ts';
import { areOfPods, checkPodNamespaces, printPodEdges } from './pod-edges.ts';
import { cell } from './printing/cells.ts';
import { edgeColumns, isAsked } from './printing/edge-columns.ts';
import { edgeSign } from './printing/edge-sign.ts';
import { sayAbout } from './printing/said.ts';
import { tableText } from './printing/text-table.ts';

const KINDS = [...WORKLOAD_KINDS, 'service', 'all'];

const FLAGS = { ...SCOPE_FLAGS, ...outputFlags(FORMATS) } as const;

export const edges = lookingCommand({
  word: 'edges',
  takes: '[TYPE[/NAME]…]',
  about: [
    'With a type, edges with at least one end of it; linkerd viz edges wants both ends to be.',
    'Without --namespace it is the whole mesh.',
    'edges pod lists which pod calls which, of the namespaces that are given.',
  ],
  flags: FLAGS,
  check: ({ words: given, settings }) => {
    if (areOfPods(resourcesOf(given, KINDS))) checkPodNamespaces(settings.namespaces);
  },
  run: (looking) => printEdges(looking, formatOf(looking.settings)),
});

export const NO_EDGE = 'no edge there in this window';

type Asked = Pick<Looking<typeof FLAGS>, 'words' | 'asking' | 'terminal' | 'look'> & {
  readonly settings: SettingsOf<typeof SCOPE_FLAGS> & Pick<SettingsOf<typeof ASKING_FLAGS>, 'atSeconds'>;
};

export async function printEdges(
  { settings, words: given, asking, terminal, look }: Asked,
  format: (typeof FORMATS)[number],
): Promise<number> {
  const resources = resourcesOf(given, KINDS);
  const scope = scopeOf(settings);
  if (areOfPods(resources)) return printPodEdges({ scope, resources, asking, terminal, look }, format);
  // The reasons cost no question more.
  const [about, graph, problems] = await Promise.all([
    asking.about(),
    asking.ask('graph', scope),
    format === 'table' ? asking.ask('problems', scope).catch(unexplained) : null,
  ]);
  if (problems instanceof AskTrouble) terminal.say(`why it is so could not be read: ${problems.message}`);
  const shown = graph.edges.filter((edge) => isAsked(edge, resources));
  if (format === 'json') terminal.print(jsonOf(graph, shown));
  else if (format === 'csv') terminal.print(edgesCsv(shown));
  else {
    const targets = { ...about, bounds: boundsOf(graph) };
    const rows = shown.map((edge) => ({ edge, why: whyOf(edge, problems) }));
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    const columns = edgeColumns(nodes, targets);
    terminal.print(tableText({ rows, columns, sign: ({ edge }) => edgeSign(edge, targets) }, look));
  }
  sayAbout(graph, terminal.say);
  if (shown.length === 0) terminal.say(NO_EDGE);
  return exitOf(graph.parts, GRAPH_NEEDS, shown.length === 0);
}

/** Edges are worth something without their reasons, too. */
function unexplained(error: unknown): AskTrouble {
  if (error instanceof AskTrouble) return error;
  throw error;
}

/** As `GET /api/graph` has them, so that a pipeline reads one shape. */
function jsonOf(graph: Graph, shown: readonly Edge[]): string {
  const ends = new Set(shown.flatMap(({ source, target }) => [source, target]));
  const nodes = graph.nodes.filter(({ id }) => ends.has(id));
  return `${JSON.stringify({ ...graph, nodes, edges: shown })}\n`;
}

function whyOf({ source, target, refused, notes }: Edge, problems: Problems | AskTrouble | null): string {
  const id = edgeId(source, target);
  const explained = problems instanceof AskTrouble ? null : problems;
  const found = explained?.problems.find((each) => each.places.some(({ where }) => where === id));
  if (found) return found.what;
  if (refused !== null)
    return `${cell(rate(Object.values(refused).reduce((sum, each) => sum + each, 0)))} refused`;
  return notes[0] ?? '';
}
