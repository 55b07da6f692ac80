// Which pod calls which: what the callers' proxies count of single edges, or of all edges of a namespace, by pod. Text only.

import { edgeEnds } from '@latchwork/shared/edge-id';
import { parseNodeId, workloadId } from '@latchwork/shared/node-id';
import type { AskScope } from './ask-scope.ts';
import { livedConnections, openAndPools } from './connections.ts';
import { counted } from './counted.ts';
import { withLast } from './latency.ts';
import { NOT_LOOPBACK, OUTBOUND } from './outbound.ts';
import { ADDRESS_LABELS, POD_LABELS, SOURCE_LABELS, TARGET_LABELS } from './owners/owner-labels.ts';
import { ofDestination, ofOwner } from './owners/owner-matchers.ts';
import { countBy, matcher, sumBy, union } from './promql.ts';

/** A namespace is three branches of a question, an edge one; some stores take no more than 16 KiB. */
const MOST_BRANCHES = 9;
export const MOST_PAIRED_NAMESPACES = 3;

const KNOWN = [...SOURCE_LABELS, 'pod', ...TARGET_LABELS, 'dst_pod', 'target_addr'];
const UNKNOWN = [...SOURCE_LABELS, 'pod', ...ADDRESS_LABELS];
const LOCK = ['tls', 'server_id', 'no_tls_reason'];

interface Counted {
  readonly by: readonly string[];
  readonly matchers: readonly string[];
}

/** Whether proxies of callers count what is asked about: of an edge (`edgeId`), or of a namespace. */
export function arePairsCounted(where: string): boolean {
  return countedAt(where).length > 0;
}

/** Of what somebody wants to see, what is asked about at once: callers count it, and it fits. */
export function pairsAsked(wanted: readonly string[]): string[] {
  let branches = 0;
  return [...new Set(wanted)]
    .filter(arePairsCounted)
    .sort()
    .filter((where) => {
      branches += countedAt(where).length;
      return branches <= MOST_BRANCHES;
    });
}

export function pairResponsesQuery(scope: AskScope): string {
  return counted(scope, (growth) =>
    byPair(scope, [...LOCK, 'classification'], (own) =>
      growth('response_total', [OUTBOUND, NOT_LOOPBACK, ...own]),
    ),
  );
}

export function pairConnectionsQuery(scope: AskScope): string {
  return livedConnections(scope, (expression) => byPair(scope, LOCK, expression));
}

/** Of single edges alone: a whole namespace by pod and by bucket would be too many series. */
export function pairLatencyQuery(scope: AskScope): string {
  return withLast(scope, (rates) => byPair(scope, ['le'], (own) => rates([OUTBOUND, NOT_LOOPBACK, ...own])));
}

/** Of what is asked about, the edges. */
export function pairLatenciesAsked(wanted: readonly string[]): string[] {
  return pairsAsked(wanted).filter((where) => edgeEnds(where) !== null);
}

/** Open now; then, under `pool`, which of them carry HTTP. */
export function pairOpenQuery(scope: AskScope): string {
  return openAndPools(scope, (expression, aggregate) => byPair(scope, [], expression, aggregate));
}

/** A branch for each place; what is in two of them has equal labels, and is there once. */
function byPair(
  { matchers, reach, sight }: AskScope,
  more: readonly string[],
  expression: (matchers: readonly string[]) => string,
  aggregate = sumBy,
): string {
  const places = reach === 'all' ? [] : reach.flatMap(countedAt);
  return union(
    places.map(({ by, matchers: own }) => {
      const rows = expression([...own, ...matchers]);
      return sight === 'strange'
        ? countBy(POD_LABELS, rows)
        : aggregate([...new Set([...by, ...more])], rows);
    }),
  );
}

function countedAt(where: string): Counted[] {
  const ends = edgeEnds(where);
  if (ends === null) return /^[a-z0-9-]+$/.test(where) ? countedIn(where) : [];
  const own = ofOwner(ends.source);
  const target = parseNodeId(ends.target);
  const isRemote = target?.type === 'external' && target.what === 'remote';
  // Behind the gateway of another cluster nobody here knows any pod.
  if (isRemote && target.kind === 'service') return [];
  const to = ofDestination(isRemote ? workloadId(target.namespace, target.kind, target.name) : ends.target);
  if (own === null || to === null) return [];
  return [{ by: target?.type === 'external' && !isRemote ? UNKNOWN : KNOWN, matchers: [...own, ...to] }];
}

function countedIn(namespace: string): Counted[] {
  const from = matcher('namespace', '=', namespace);
  return [
    { by: KNOWN, matchers: [from, matcher('dst_namespace', '!=', '')] },
    { by: UNKNOWN, matchers: [from, matcher('dst_namespace', '=', '')] },
    {
      by: KNOWN,
      matchers: [matcher('namespace', '!=', namespace), matcher('dst_namespace', '=', namespace)],
    },
  ];
}
