// latchwork edges pod: which pod calls which, in the namespaces that are given.

import { edgesCsv } from '@latchwork/figures/csv/edges-csv';
import { boundsOf } from '@latchwork/figures/latency';
import type { PodPairs } from '@latchwork/shared/asked/pod-pairs';
import type { Edge } from '@latchwork/shared/edge';
import { edgeId } from '@latchwork/shared/edge-id';
import type { ScopeParams } from '@latchwork/shared/live/live';
import { MOST_PAIRED_NAMESPACES } from '../sources/prometheus/questions/pod-pairs.ts';
import type { Asking } from './asking/asking.ts';
import type { FORMATS } from './asking/asking-flags.ts';
import type { Look } from './asking/look.ts';
import type { Resource } from './asking/resources.ts';
import { exitOf, PAIRS_NEED } from './asking/seen.ts';
import type { Terminal } from './command.ts';
import { edgeColumns, isAsked } from './printing/edge-columns.ts';
import { edgeSign } from './printing/edge-sign.ts';
import { sayAbout } from './printing/said.ts';
import { tableText } from './printing/text-table.ts';

/** Nobody tells these of pairs. */
const NONE_OF_PAIRS: ReadonlySet<string> = new Set(['P50', 'P95', 'P99', 'CLIENT']);

export function areOfPods(resources: readonly Resource[]): boolean {
  return resources.length > 0 && resources.every(({ kind }) => kind === 'pod');
}

/** Throws for what would be too much to ask about at once. */
export function checkPodNamespaces({ length }: readonly string[]): void {
  if (length === 0)
    throw new Error('edges pod is of single namespaces: name one with --namespace, such as -n harbour');
  if (length > MOST_PAIRED_NAMESPACES)
    throw new Error(
      `edges pod takes ${MOST_PAIRED_NAMESPACES} namespaces at most: leave some of the ${length} out`,
    );
}

interface Asked {
  readonly scope: ScopeParams;
  readonly resources: readonly Resource[];
  readonly asking: Asking;
  readonly terminal: Terminal;
  readonly look: Look;
}

export async function printPodEdges(
  { scope, resources, asking, terminal, look }: Asked,
  format: (typeof FORMATS)[number],
): Promise<number> {
  const { namespace = [], ...span } = scope;
  const about = await asking.about();
  const all = await Promise.all(namespace.map((where) => asking.ask('podPairs', { where, ...span })));
  const [first] = all;
  if (first === undefined) return exitOf({}, [], true);
  const shown = distinct(all).filter((edge) => isAsked(edge, resources));
  const more = all.reduce((sum, each) => sum + each.more, 0);
  const untold = all.flatMap((each) => (each.untold === null ? [] : [`${each.where}: ${each.untold}`]));
  if (format === 'json')
    terminal.print(`${JSON.stringify({ ...first, ...together(namespace, untold), edges: shown, more })}\n`);
  else if (format === 'csv') terminal.print(edgesCsv(shown));
  else {
    const targets = { ...about, bounds: boundsOf(first) };
    const columns = edgeColumns(new Map(), targets).filter(({ head }) => !NONE_OF_PAIRS.has(head));
    const rows = shown.map((edge) => ({ edge, why: edge.lock.reasons[0]?.reason ?? '' }));
    terminal.print(tableText({ rows, columns, sign: ({ edge }) => edgeSign(edge, targets) }, look));
  }
  sayAbout(first, terminal.say);
  for (const line of untold) terminal.say(line);
  if (more > 0) terminal.say(`${more} further pairs with less trouble are not listed`);
  if (shown.length === 0 && untold.length === 0) terminal.say('no pod calls another there in this window');
  return exitOf(first.parts, PAIRS_NEED, shown.length === 0 || untold.length > 0);
}

function together(namespaces: readonly string[], untold: readonly string[]) {
  return { where: namespaces.join(' '), untold: untold.length > 0 ? untold.join('; ') : null };
}

/** A pair between two of the namespaces is in both. */
function distinct(all: readonly PodPairs[]): Edge[] {
  const edges = all.flatMap((each) => each.edges);
  return [...new Map(edges.map((edge) => [edgeId(edge.source, edge.target), edge])).values()];
}
