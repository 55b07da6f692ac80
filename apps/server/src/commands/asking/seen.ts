// Whether a command could see what its answer is made of: nobody may take for well what nobody could look at.

import type { Parts } from '@latchwork/shared/parts';
import type { ProblemKind } from '@latchwork/shared/problems/problem-kinds';
import type { StatKind } from '@latchwork/shared/stat';
import type { PartName } from '../../mesh/answers.ts';
import { EXIT_OK, EXIT_UNSEEN } from '../command.ts';

/** `store`: it says itself that series may be missing. */
type Needed = readonly (PartName | 'store')[];

export const GRAPH_NEEDS: Needed = [
  ...(['store', 'unreached', 'refused', 'admitted', 'inbound', 'outbound', 'connections'] as const),
  ...(['inboundLatency', 'noiseLatency', 'outboundLatency', 'open', 'volume'] as const),
];

export const ROUTES_NEED: Needed = [
  ...(['store', 'routeRequests', 'routeBackends', 'routeRetries', 'routeLatency'] as const),
  ...(['profileResponses', 'profileLatency'] as const),
];

export const PAIRS_NEED: Needed = ['store', 'pairResponses', 'pairConnections', 'pairOpen'];

export const POLICIES_NEED: Needed = ['store', 'policyResponses', 'policyDecisions', 'policyLatency'];

export function statNeeds(kind: StatKind): Needed {
  switch (kind) {
    case 'workload':
    case 'namespace':
    case 'pod':
      return ['store', 'podResponses', 'podCounts', 'podLatency'];
    case 'service':
      return ['store', 'serviceResponses', 'serviceCounts', 'serviceLatency'];
    default:
      return POLICIES_NEED;
  }
}

const CALLS: Needed = ['store', 'inbound', 'outbound'];
const KINDS_NEED: Readonly<Record<Exclude<ProblemKind, 'look'>, Needed>> = {
  lost: [...CALLS, 'unreached'],
  failing: CALLS,
  slow: [...CALLS, 'inboundLatency'],
  plaintext: [...CALLS, 'connections', 'open', 'admitted'],
  refused: [...CALLS, 'refused', 'admitted'],
};

/** What is to be looked at may be in anything that can be read. */
export function problemsNeed(kinds: Iterable<ProblemKind>, parts: Parts): readonly string[] {
  return [...kinds].flatMap((kind): readonly string[] =>
    kind === 'look' ? Object.keys(parts).filter(isOfMesh) : KINDS_NEED[kind],
  );
}

/** Those of the file of accepted problems, of the page's history and of recording rules say nothing of what is wrong. */
function isOfMesh(part: string): boolean {
  return part !== 'accepted' && part !== 'history' && part !== 'rules';
}

/** What was not answered, also where an older answer stands in for it. */
export function unseenOf(parts: Parts, needed: readonly string[]): string[] {
  return [...new Set(needed)].filter((name) => (parts[name]?.state ?? 'fresh') !== 'fresh');
}

/** `isEmpty`: nothing was there to be seen, or not all of it. */
export function exitOf(parts: Parts, needed: readonly string[], isEmpty: boolean): number {
  return isEmpty || unseenOf(parts, needed).length > 0 ? EXIT_UNSEEN : EXIT_OK;
}
