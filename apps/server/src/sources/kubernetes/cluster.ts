// Everything that one cluster gives, behind one door: the inventory, the Prometheus of viz, tap, and the rights to them.

import { chooseProxy } from '../../network/proxy-choice.ts';
import type { ProxyServer } from '../../network/proxy-url.ts';
import { createKubernetesClient, type KubernetesClientOptions } from './api/client.ts';
import { type OpenedPrometheus, openPrometheus } from './forward/open-prometheus.ts';
import { type Access, readAccess, type TapTarget, tapRules } from './rights/access.ts';
import { createTapTransport } from './tap-transport.ts';
import { createInventorySource, type InventorySource } from './watch/inventory-source.ts';

export interface Cluster {
  readonly server: string;
  /** Which credential speaks for us, for people. */
  readonly identity: string;
  readonly inventory: InventorySource;
  readonly tap: ReturnType<typeof createTapTransport>;
  tapAccess(target: TapTarget, signal?: AbortSignal): Promise<Access>;
  openPrometheus(signal: AbortSignal): Promise<OpenedPrometheus>;
  close(): Promise<void>;
}

export interface ClusterOptions extends Omit<KubernetesClientOptions, 'proxy'> {
  readonly now: () => number;
  readonly random: () => number;
}

export function openCluster(options: ClusterOptions): Cluster {
  const { now, random } = options;
  const client = createKubernetesClient({ ...options, proxy: proxyOf(options) });
  const inventory = createInventorySource({ client, now, random });

  return {
    server: client.server,
    identity: client.identity,
    inventory,
    tap: createTapTransport(client),
    tapAccess: (target, signal) => readAccess(client, tapRules(target), signal),
    openPrometheus: (signal) =>
      openPrometheus({ client, isInside: options.cluster.context === null }, signal),

    async close() {
      inventory.close();
      await client.close();
    },
  };
}

/** What the kubeconfig names wins over the environment, as in kubectl. */
function proxyOf({ cluster, environment }: ClusterOptions): ProxyServer | null {
  const { proxyUrl, server, origin } = cluster;
  if (proxyUrl !== null) return { url: new URL(proxyUrl), namedBy: `proxy-url in ${origin}` };
  return chooseProxy(server, environment, { knowsAllProxy: false });
}
