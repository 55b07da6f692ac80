// The cluster's API server with its life: it follows the mesh, and can be told to be away, slow, or tired of a credential.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Listening, listen } from '../listening.ts';
import type { World } from '../world.ts';
import { createApiServer, refuseUpgrade } from './api-server.ts';
import type { Certificates } from './certificates.ts';
import type { KubeObject } from './kube-object.ts';
import { ObjectStore } from './object-store.ts';
import { toClusterObjects } from './objects/cluster-objects.ts';
import { People } from './people.ts';
import { createPortForwards, type PortForwards } from './port-forward.ts';
import { RESOURCES } from './resources.ts';
import { Rights } from './rights.ts';
import { type Refusal, refuse } from './status.ts';
import type { TapMode } from './tap-gate.ts';
import { Tokens } from './tokens.ts';
import { createWatches, type Watches } from './watches.ts';

export const API_MODES = ['ok', 'down', '500', 'slow', 'expired'] as const;
export type ApiMode = (typeof API_MODES)[number];

export const WATCH_MODES = ['ok', 'drop', 'hang', 'gone'] as const;
export type WatchMode = (typeof WATCH_MODES)[number];

export interface Kubernetes {
  readonly url: string;
  readonly rights: Rights;
  readonly people: People;
  readonly tokens: Tokens;
  readonly watches: Watches;
  readonly forwards: PortForwards;
  readonly mode: ApiMode;
  readonly tapMode: TapMode;
  turn(mode: ApiMode): void;
  turnTap(mode: TapMode): void;
  turnWatches(mode: WatchMode): void;
  /** Cuts what goes on under a right that was taken away. */
  enforce(): void;
  /** Looks at the world again: something of it was changed. */
  follow(): void;
  reset(): void;
  close(): Promise<void>;
}

export interface KubernetesOptions {
  readonly world: World;
  readonly now: () => number;
  readonly host: string;
  readonly port: number;
  readonly certificates: Certificates | null;
  /** Where tap answers, and Prometheus: the relays in front of them. */
  readonly tapUrl: string;
  readonly prometheusUrl: string;
}

const SLOW_MS = 3_000;
const PROMETHEUS_PORT = 9090;
const BROKEN: Refusal = {
  code: 500,
  reason: 'InternalError',
  message: 'Internal error occurred: etcdserver: request timed out',
};

export async function startKubernetes(options: KubernetesOptions): Promise<Kubernetes> {
  const { world, now, host, port, certificates, tapUrl, prometheusUrl } = options;
  const store = new ObjectStore();
  const rights = new Rights();
  const people = new People();
  const tokens = new Tokens();
  const watches = createWatches(store);
  const forwards = createPortForwards((pod, at) =>
    isPrometheus(pod) && at === PROMETHEUS_PORT ? new URL(prometheusUrl) : null,
  );
  let mode: ApiMode = 'ok';
  let tapMode: TapMode = 'ok';

  function follow(): void {
    store.sync(RESOURCES, toClusterObjects(world));
    forwards.keep(new Set(store.list('pods').map(({ metadata }) => metadata.uid)));
  }
  follow();
  const unwatch = world.onRestart(follow);

  const server = createApiServer({
    store,
    rights,
    people,
    tokens,
    watches,
    forwards,
    now,
    tapUrl,
    tapMode: () => tapMode,
  });

  function handle(request: IncomingMessage, response: ServerResponse): void {
    if (mode === 'down') request.socket.destroy();
    else if (mode === '500') refuse(response, BROKEN);
    else if (mode === 'slow') {
      const timer = setTimeout(() => server.handle(request, response), SLOW_MS);
      response.once('close', () => clearTimeout(timer));
    } else server.handle(request, response);
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    if (mode === 'down') socket.destroy();
    else if (mode === '500') refuseUpgrade(socket, BROKEN);
    else server.upgrade(request, socket, head);
  }

  const door: Listening = await listen(handle, host, port, certificates?.server ?? null);
  door.server.on('upgrade', upgrade);

  function cutAll(): void {
    forwards.close();
    door.server.closeAllConnections();
  }

  return {
    url: door.url,
    rights,
    people,
    tokens,
    watches,
    forwards,
    get mode() {
      return mode;
    },
    get tapMode() {
      return tapMode;
    },
    turn(next) {
      mode = next;
      if (next === 'expired') tokens.expire(now());
      else tokens.accept();
      // What is open would go on as if nothing had happened.
      if (next === 'down') cutAll();
      if (next === 'expired') watches.cut();
    },
    turnTap(next) {
      tapMode = next;
    },
    turnWatches(next) {
      watches.hang(next === 'hang');
      if (next === 'gone') store.forget();
      if (next === 'drop' || next === 'gone') watches.cut();
    },
    enforce() {
      watches.cut((attributes) => !rights.isAllowed(attributes));
    },
    follow,
    reset() {
      rights.allow({ resource: '*', group: null, verb: null, namespace: null });
      people.reset();
      watches.hang(false);
      tokens.accept();
      mode = 'ok';
      tapMode = 'ok';
    },
    async close() {
      unwatch();
      watches.close();
      forwards.close();
      await door.close();
    },
  };
}

function isPrometheus({ metadata }: KubeObject): boolean {
  return metadata.labels?.['component'] === 'prometheus';
}
