// Service accounts and workloads: which identity a workload speaks with, and which workloads speak with an identity.

import type { Inventory } from '@latchwork/shared/inventory';

export interface Identities {
  /** What the pods of a workload present as clients; empty without a proxy. */
  clientIdsOf(workloadId: string): readonly string[];
  /** Ids of the workloads that run under an identity. */
  workloadsOf(clientId: string): readonly string[];
}

export function createIdentities({ workloads }: Inventory): Identities {
  const byWorkload = new Map(workloads.map(({ id, identities }) => [id, identities]));
  const byIdentity = Map.groupBy(
    workloads.flatMap(({ id, identities }) => identities.map((identity) => ({ id, identity }))),
    ({ identity }) => identity,
  );
  return {
    clientIdsOf: (workloadId) => byWorkload.get(workloadId) ?? [],
    workloadsOf: (clientId) => byIdentity.get(clientId)?.map(({ id }) => id) ?? [],
  };
}
