// A port on loopback that leads to a pod, through the API server. Each connection looks for the pod anew when the last one died.

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import type WebSocket from 'ws';
import type { KubernetesClient } from '../api/client.ts';
import { kubernetesError } from '../api/kubernetes-error.ts';
import { joinSocket } from './forwarded-socket.ts';

export interface PodPort {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

export interface PortForward {
  readonly port: number;
  /** Opens a connection of its own: why it cannot be made in the time given; null when it can. */
  examine(withinMs: number): Promise<Error | null>;
  close(): Promise<void>;
}

export interface PortForwardOptions {
  readonly client: KubernetesClient;
  /** Finds a pod that is ready; asked again after a failure. */
  readonly find: (signal: AbortSignal) => Promise<PodPort>;
  /** What a local connection is told that leads nowhere, in its own protocol. */
  readonly refusal: (error: Error) => string;
  /** Says more of what kept a forward to this namespace from being opened. */
  readonly explain?: (error: Error, namespace: string) => Promise<Error>;
}

export async function createPortForward(options: PortForwardOptions): Promise<PortForward> {
  const { client, find, refusal, explain = async (error) => error } = options;
  const closing = new AbortController();
  const sockets = new Set<Socket>();
  let target: Promise<PodPort> | null = null;
  async function dial(local: Socket): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      target ??= find(closing.signal);
      const mine = target;
      try {
        const remote = await open(await mine, closing.signal);
        return joinSocket(local, remote, (error) => {
          forget(mine);
          refuse(local, error);
        });
      } catch (error) {
        forget(mine);
        // A pod that is gone was found from memory: look once more before giving up.
        if (attempt === 2 || local.destroyed || closing.signal.aborted) {
          return refuse(local, error as Error);
        }
      }
    }
  }

  async function open({ namespace, pod, port }: PodPort, signal: AbortSignal): Promise<WebSocket> {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/portforward?ports=${port}`;
    try {
      return await client.socket(path, 'v4.channel.k8s.io', signal);
    } catch (error) {
      throw signal.aborted ? error : await explain(error as Error, namespace);
    }
  }

  async function examine(withinMs: number): Promise<Error | null> {
    const late = AbortSignal.timeout(withinMs);
    const signal = AbortSignal.any([closing.signal, late]);
    try {
      const remote = await open(await find(signal), signal);
      remote.terminate();
      return null;
    } catch (error) {
      return late.aborted
        ? kubernetesError('timed-out', `a port-forward did not open within ${withinMs / 1000} s`, {
            remedy:
              'the API server or the kubelet of the pod hangs: try kubectl port-forward to the same pod',
            cause: error,
          })
        : (error as Error);
    }
  }

  /** Half an answer cannot be taken back; before it, the reason can be said. */
  function refuse(local: Socket, error: Error): void {
    if (local.bytesWritten > 0) {
      local.destroy();
      return;
    }
    local.resume(); // what was never read would turn the goodbye into a reset
    local.end(refusal(error));
  }

  function forget(pod: Promise<PodPort>): void {
    if (target === pod) target = null;
  }

  const server = createServer({ noDelay: true }, (local) => {
    sockets.add(local);
    local.on('close', () => sockets.delete(local));
    local.on('error', () => local.destroy());
    local.pause();
    void dial(local);
  });
  await listen(server);
  return {
    port: (server.address() as AddressInfo).port,
    examine,
    async close() {
      closing.abort();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', resolve);
  return promise;
}
