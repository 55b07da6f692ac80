// A workload as a node: its golden metrics are what its own proxies count (truth rule 4).

import type { Golden } from '@latchwork/shared/golden';
import type { WorkloadNode } from '@latchwork/shared/node';
import type { Revision } from '@latchwork/shared/revision';
import type { Subject } from './flows/flows.ts';
import type { Received } from './flows/inbound-flows.ts';

export interface Stored {
  readonly windowSeconds: number;
  /** False where the store keeps nothing of what arrives: then nobody knows what was denied. */
  readonly isInboundStored: boolean;
}

export function workloadNode(
  { peer, scraped, discovered }: Subject,
  received: Received | null,
  { windowSeconds, isInboundStored }: Stored,
): WorkloadNode {
  const { id, namespace, kind, name } = peer;
  return {
    type: 'workload',
    id,
    namespace,
    kind,
    name,
    golden: received ? toGolden(received, windowSeconds) : null,
    denied: scraped && isInboundStored ? (received?.denied ?? 0) : null,
    meshed: scraped || discovered,
    ...(received?.revisions.size ? { revisions: toRevisions(received.revisions, windowSeconds) } : {}),
  };
}

function toRevisions(found: Received['revisions'], windowSeconds: number): Revision[] {
  return [...found]
    .map(([name, responses]) => ({ name, ...responses.summary(windowSeconds) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Null when there was no inbound HTTP response in the window (truth rule 8). */
function toGolden({ responses, latency }: Received, windowSeconds: number): Golden | null {
  return responses.rps > 0 ? { ...responses.summary(windowSeconds), ...latency.quantiles() } : null;
}
