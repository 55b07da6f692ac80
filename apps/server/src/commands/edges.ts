// latchwork edges: who calls whom, how well, and whether it is locked.

import { connectionsText } from '@latchwork/figures/card-facts';
import { edgesCsv } from '@latchwork/figures/edges-csv';
import { boundsOf } from '@latchwork/figures/latency';
import { wholePercent } from '@latchwork/figures/percent';
import { rate } from '@latchwork/figures/rate';
import type { Targets } from '@latchwork/figures/targets';
import type { Edge } from '@latchwork/shared/edge';
import { edgeId } from '@latchwork/shared/edge-id';
import type { Graph } from '@latchwork/shared/graph';
import { shortIdentity } from '@latchwork/shared/identity';
import type { Node } from '@latchwork/shared/node';
import type { Problems } from '@latchwork/shared/problems';
import { isAllRefused } from '@latchwork/shared/refusal';
import type { SettingsOf } from '../flags/flag.ts';
import { AskTrouble } from './asking.ts';
import { type ASKING_FLAGS, FORMATS, formatOf, outputFlags, SCOPE_FLAGS } from './asking-flags.ts';
import { cell, DASH, endName, latencyCell, successCell } from './cells.ts';
import { edgeSign, edgeWord } from './edge-sign.ts';
import { type Looking, lookingCommand } from './looking.ts';
import { type Resource, resourcesOf, WORKLOAD_KINDS } from './resources.ts';
import { sayAbout } from './said.ts';
import { scopeOf } from './scope-of.ts';
import { exitOf, GRAPH_NEEDS } from './seen.ts';
import { figures, type TextColumn, tableText, words } from './text-table.ts';

const KINDS = [...WORKLOAD_KINDS, 'service', 'all'];

const FLAGS = { ...SCOPE_FLAGS, ...outputFlags(FORMATS) } as const;

export const edges = lookingCommand({
  word: 'edges',
  takes: '[TYPE[/NAME]…]',
  about: [
    'With a type, edges with at least one end of it; linkerd viz edges wants both ends to be.',
    'Without --namespace it is the whole mesh.',
  ],
  flags: FLAGS,
  check: ({ words: given }) => void resourcesOf(given, KINDS),
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
    const columns = toColumns(nodes, targets);
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

function isAsked({ source, target }: Edge, resources: readonly Resource[]): boolean {
  if (resources.length === 0) return true;
  return [source, target].some((id) => {
    const [, kind = '', name] = id.split('/');
    return resources.some(
      (each) => (each.kind === 'all' || each.kind === kind) && (each.name ?? name) === name,
    );
  });
}

/** As `GET /api/graph` has them, so that a pipeline reads one shape. */
function jsonOf(graph: Graph, shown: readonly Edge[]): string {
  const ends = new Set(shown.flatMap(({ source, target }) => [source, target]));
  const nodes = graph.nodes.filter(({ id }) => ends.has(id));
  return `${JSON.stringify({ ...graph, nodes, edges: shown })}\n`;
}

interface Row {
  readonly edge: Edge;
  readonly why: string;
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

function toColumns(nodes: ReadonlyMap<string, Node>, targets: Targets): TextColumn<Row>[] {
  const client = ({ edge }: Row) => edge.lock.clientIds.map(shortIdentity).join(', ');
  const server = ({ edge }: Row) => edge.lock.serverIds.map(shortIdentity).join(', ');
  const success = ({ edge }: Row) => (isAllRefused(edge) ? DASH : successCell(edge.http, targets));
  return [
    words('FROM', ({ edge }) => endName(edge.source, nodes.get(edge.source))),
    words('TO', ({ edge }) => endName(edge.target, nodes.get(edge.target))),
    figures('SECURED', ({ edge }) => cell(wholePercent(edge.lock.securedShare))),
    figures('RATE', ({ edge }) => amount(edge)),
    figures('SUCCESS', success),
    figures('P50', ({ edge }) => latencyCell(edge.http?.p50Ms, targets), 5),
    figures('P95', ({ edge }) => latencyCell(edge.http?.p95Ms, targets), 4),
    figures('P99', ({ edge }) => latencyCell(edge.http?.p99Ms, targets), 6),
    words('LOCK', ({ edge }) => edgeWord(edge), 3),
    words('CLIENT', client, 8),
    words('SERVER', server, 9),
    words('WHY', ({ why }) => why, 7),
  ];
}

function amount({ http, tcp, refused, unreached }: Edge): string {
  if (http) return cell(rate(http.rps));
  if (tcp?.openConnections != null) return connectionsText(tcp.openConnections);
  const more = { ...refused, ...unreached };
  return refused || unreached ? cell(rate(Object.values(more).reduce((sum, each) => sum + each, 0))) : DASH;
}
