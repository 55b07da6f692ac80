// The inventory as a topic: whole or of some namespaces.

import type { Inventory } from '@latchwork/shared/inventory';
import type { InventoryParams } from '@latchwork/shared/live/live';
import type { Answer } from './answer.ts';
import { type ClusterTopicOptions, clusterAnswer } from './cluster-topic.ts';

export function createInventoryTopic(
  options: ClusterTopicOptions,
): (params: InventoryParams) => Answer<Inventory> {
  return ({ namespace = [] }) => {
    const named = new Set(namespace);
    return clusterAnswer(options, JSON.stringify([...named].sort()), ({ inventory }) =>
      named.size > 0 ? ofNamespaces(inventory, named) : inventory,
    );
  };
}

function ofNamespaces(inventory: Inventory, named: ReadonlySet<string>): Inventory {
  return {
    ...inventory,
    namespaces: inventory.namespaces.filter(({ name }) => named.has(name)),
    workloads: inventory.workloads.filter(({ namespace }) => named.has(namespace)),
  };
}
