// Workloads of the inventory on the picture: their pods, and those that nothing was measured of as idle, never missing.

import type { InventoryWorkload } from '@latchwork/shared/inventory';
import type { Node, WorkloadNode } from '@latchwork/shared/node';
import type { ClusterView } from './cluster-view.ts';

export function addInventory(nodes: Map<string, Node>, { workloads }: Pick<ClusterView, 'workloads'>): void {
  for (const workload of workloads.values()) {
    const node = nodes.get(workload.id);
    if (node === undefined) nodes.set(workload.id, idleNode(workload));
    else if (node.type === 'workload') nodes.set(workload.id, withPods(node, workload));
  }
}

function idleNode(workload: InventoryWorkload): WorkloadNode {
  const { id, namespace, kind, name } = workload;
  const node = { type: 'workload', id, namespace, kind, name } as const;
  return withPods({ ...node, golden: null, denied: null, meshed: null }, workload);
}

function withPods(node: WorkloadNode, { counts }: InventoryWorkload): WorkloadNode {
  if (counts === null) return node;
  // Without a running pod there is nothing that could be meshed or not; metrics may still remember.
  return { ...node, pods: counts, meshed: counts.running > 0 ? counts.meshed > 0 : node.meshed };
}
