// Everything that one cluster gives, behind one door: the inventory, the Prometheus of viz, tap, and the rights to them.

import { chooseProxy } from '../../network/proxy-choice.ts';
import type { ProxyServer } from '../../network/proxy-url.ts';
import { SourceError } from '../source-error.ts';
import { createKubernetesClient, type KubernetesClientOptions } from './api/client.ts';
import { kubernetesError } from './api/kubernetes-error.ts';
import { createPortForward, type PodPort } from './forward/port-forward.ts';
import { findVizPrometheus } from './forward/viz-prometheus.ts';
import { type Access, forwardRules, readAccess, type TapTarget, tapRules } from './rights/access.ts';
import { createTapTransport } from './tap-transport.ts';
import { createInventorySource, type InventorySource } from './watch/inventory-source.ts';

interface ForwardedPrometheus {
  /** The one that viz is told to use, or a port on loopback that leads to viz's own. */
  readonly url: string;
  /** Why nothing comes through; null while all is well. */
  trouble(): Error | null;
  close(): Promise<void>;
}

export interface Cluster {
  readonly server: string;
  /** Which credential speaks for us, for people. */
  readonly identity: string;
  readonly inventory: InventorySource;
  readonly tap: ReturnType<typeof createTapTransport>;
  tapAccess(target: TapTarget, signal?: AbortSignal): Promise<Access>;
  forwardAccess(namespace: string, signal?: AbortSignal): Promise<Access>;
  /** Waits for the cluster a short while at most: a pod that is not there yet is looked for with every connection. */
  openPrometheus(signal: AbortSignal): Promise<ForwardedPrometheus>;
  close(): Promise<void>;
}

/** An API server that is silent must not keep the page from being served. */
const FIND_WITHIN_MS = 3_000;

export interface ClusterOptions extends Omit<KubernetesClientOptions, 'proxy'> {
  readonly now: () => number;
  readonly random: () => number;
}

export function openCluster(options: ClusterOptions): Cluster {
  const { now, random } = options;
  const client = createKubernetesClient({ ...options, proxy: proxyOf(options) });
  const inventory = createInventorySource({ client, now, random });

  async function findPod(signal: AbortSignal): Promise<PodPort> {
    const found = await findVizPrometheus(client, signal);
    if (found.kind === 'pod') return found;
    throw kubernetesError('unreachable', `viz is told to use the Prometheus at ${found.url}`, {
      remedy: `start again, or with --prometheus ${found.url}`,
    });
  }

  return {
    server: client.server,
    identity: client.identity,
    inventory,
    tap: createTapTransport(client),
    tapAccess: (target, signal) => readAccess(client, tapRules(target), signal),
    forwardAccess: (namespace, signal) => readAccess(client, forwardRules(namespace), signal),

    async openPrometheus(signal) {
      const late = AbortSignal.timeout(FIND_WITHIN_MS);
      const found = await findVizPrometheus(client, AbortSignal.any([signal, late])).catch(
        (error: unknown) => {
          if (error instanceof SourceError || (late.aborted && !signal.aborted)) return null;
          throw error;
        },
      );
      if (found?.kind === 'url') return { url: found.url, trouble: () => null, close: async () => {} };
      const forward = await createPortForward({ client, find: findPod, refusal: toPrometheusError });
      return {
        url: `http://127.0.0.1:${forward.port}`,
        trouble: forward.trouble,
        close: forward.close,
      };
    },

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

/** The envelope of Prometheus' own errors, so that whoever asks it understands why nothing came through. */
function toPrometheusError(error: Error): string {
  const remedy = error instanceof SourceError && error.remedy ? `; ${error.remedy}` : '';
  const body = JSON.stringify({
    status: 'error',
    errorType: 'unavailable',
    error: `${error.message}${remedy}`,
  });
  return [
    'HTTP/1.1 503 Service Unavailable',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
