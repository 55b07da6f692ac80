// Makes the cluster available: `app.cluster` (null without one), `app.clusterFeed` (what it says), `app.inventory` and `app.labels`.

import type { Inventory } from '@latchwork/shared/inventory';
import type { Labels } from '@latchwork/shared/labels';
import type { InventoryParams, LabelsParams } from '@latchwork/shared/live/live';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Answer } from '../feeds/answer.ts';
import { type ClusterFeed, createClusterFeed } from '../feeds/cluster-feed.ts';
import { createInventoryTopic } from '../feeds/inventory.ts';
import { createLabelsTopic } from '../feeds/labels.ts';
import { type Cluster, openCluster } from '../sources/kubernetes/cluster.ts';
import type { ClusterConfig } from '../sources/kubernetes/kubeconfig/cluster-config.ts';

declare module 'fastify' {
  interface FastifyInstance {
    cluster: Cluster | null;
    clusterFeed: ClusterFeed | null;
    inventory: (params: InventoryParams) => Answer<Inventory>;
    labels: (params: LabelsParams) => Answer<Labels>;
  }
}

/** A cluster to connect to, and the variables that its login command may need. */
export interface ClusterAccess {
  readonly config: ClusterConfig;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** In which the identity may have rights that it does not have in the whole cluster. */
  readonly namespaces?: readonly string[];
}

export interface KubernetesOptions {
  /** Takes the place of the one that would be opened. */
  readonly cluster?: Cluster;
  readonly access: ClusterAccess | null;
  readonly nowMs: () => number;
}

export const kubernetesPlugin = fp<KubernetesOptions>(
  async (app, { cluster, access, nowMs }) => {
    const opened =
      cluster ??
      (access &&
        openCluster({
          cluster: access.config,
          environment: access.environment,
          namespaces: access.namespaces ?? [],
          now: nowMs,
          random: Math.random,
          onPluginWords: (command, words) => app.log.debug({ command, words }, 'a login command spoke'),
        }));
    const feed = opened && createClusterFeed({ states: opened.inventory, now: nowMs });
    app.decorate('cluster', opened);
    app.decorate('clusterFeed', feed);
    const told = { cluster: feed, learnNamespaces: () => learnNamespaces(app) };
    app.decorate('inventory', createInventoryTopic(told));
    app.decorate('labels', createLabelsTopic(told));
    app.addHook('onClose', async () => {
      await opened?.close();
    });
  },
  { name: 'kubernetes' },
);

/** On its way to any answer, a round of questions to the store tells the feed which namespaces it met. */
async function learnNamespaces(app: FastifyInstance): Promise<void> {
  await app.answers.graph({}).read();
}
