// Linkerd's tap as the aggregated API serves it: path, protobuf body, framed stream; what cannot be served is status 200
// with a header and one framed reason.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pod } from '../cluster.ts';
import type { World } from '../world.ts';
import { encodeApiError, encodeTapEvent, frame, type TapEvent } from './tap-event.ts';
import { BadTapRequest, type TapRequest, tapPath, toTapRequest } from './tap-request.ts';
import { TapStream } from './tap-stream.ts';
import { TAP_TYPES, TapRefusal, tapTargets } from './tap-targets.ts';

const GROUP = '/apis/tap.linkerd.io';
const VERSION = `${GROUP}/v1alpha1`;
const PLURALS = TAP_TYPES.map((type) => `${type}s`);
const TAP_PATH = new RegExp(`^${VERSION}/watch/namespaces/[^/]+/(?:(?:${PLURALS.join('|')})/[^/]*/)?tap$`);
const RUN_EVERY_MS = 50;
const MAX_WAITING_BYTES = 1_000_000;

const PATHS = [
  '/apis',
  GROUP,
  VERSION,
  `${VERSION}/watch/namespaces/:namespace/tap`,
  ...PLURALS.map((plural) => `${VERSION}/watch/namespaces/:namespace/${plural}/:name/tap`),
];

export interface TapServer {
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): void;
}

export interface TapServerOptions {
  readonly world: World;
  readonly now: () => number;
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, reason: 'Bad Request' | 'Internal Server Error', error: string) {
  response
    .writeHead(200, { 'content-type': 'application/octet-stream', 'linkerd-error': reason })
    .end(frame(encodeApiError(error)));
}

/** Null when the client left before it had said everything. */
function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('close', () => resolve(null));
  });
}

function resourceList(): object {
  const resource = (name: string) => ({
    name,
    singularName: '',
    namespaced: !name.startsWith('namespaces'),
    kind: 'Tap',
    verbs: ['watch'],
  });
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: 'tap.linkerd.io/v1alpha1',
    resources: ['namespaces', ...PLURALS].flatMap((name) => [resource(name), resource(`${name}/tap`)]),
  };
}

export function createTapServer({ world, now }: TapServerOptions): TapServer {
  const streams = new Set<TapStream>();
  /** How often each proxy was asked; gone with the proxy. */
  const bases = new WeakMap<object, number>();
  let timer: NodeJS.Timeout | undefined;
  const unwatch = world.onRestart((pod) => {
    for (const stream of streams) stream.lose(pod);
  });

  function nextBase(pod: Pod): number {
    const proxy = world.proxies.get(pod.key);
    if (!proxy) return 0;
    const base = bases.get(proxy) ?? 0;
    bases.set(proxy, base + 1);
    world.tapped(pod, now());
    return base;
  }

  function run(): void {
    const nowMs = now();
    world.advanceTo(nowMs);
    for (const stream of streams) stream.run(nowMs);
  }

  function start(request: TapRequest, pods: readonly Pod[], response: ServerResponse): void {
    // Nobody is shown what happened before the question.
    world.advanceTo(now());
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    response.flushHeaders();
    const send = (event: TapEvent) => {
      // As proxies do: what nobody takes away is dropped, without a word.
      if (response.writableLength < MAX_WAITING_BYTES) response.write(frame(encodeTapEvent(event)));
    };
    const stream = new TapStream({ request, pods, nextBase, send });
    streams.add(stream);
    const unlisten = world.listen(stream);
    timer ??= setInterval(run, RUN_EVERY_MS);
    response.once('close', () => {
      streams.delete(stream);
      unlisten();
      if (streams.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    });
  }

  async function tap(path: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    if (!body) return;
    try {
      const request = toTapRequest(body);
      const expected = tapPath(request.target);
      if (expected !== path)
        throw new TapRefusal(`tap request body did not match APIServer URL: "${expected}" != "${path}"`);
      start(request, tapTargets(world.cluster, request.target, request.labelSelector), response);
    } catch (error) {
      if (error instanceof BadTapRequest) refuse(response, 'Bad Request', error.message);
      else if (error instanceof TapRefusal) refuse(response, 'Internal Server Error', error.message);
      else throw error;
    }
  }

  return {
    handle(request, response) {
      const path = (request.url ?? '/').split('?')[0] ?? '/';
      if (request.method === 'POST' && TAP_PATH.test(path)) void tap(path, request, response);
      else if (request.method === 'GET' && path === VERSION) json(response, 200, resourceList());
      else if (request.method === 'GET' && (path === '/' || path === '/apis'))
        json(response, 200, { paths: PATHS });
      else json(response, 404, { paths: PATHS });
    },
    close() {
      unwatch();
      clearInterval(timer);
      streams.clear();
    },
  };
}
