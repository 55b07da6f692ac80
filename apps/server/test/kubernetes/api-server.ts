// A small API server for tests, over TLS: lists, watches, reviews and tap, with every kind of trouble on demand.

import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { createAuthority } from './certificates.ts';
import { createObjectStore, type WatchEvent } from './object-store.ts';
import { createPortForwards } from './port-forwards.ts';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string | null;
  readonly user: string | null;
  readonly headers: IncomingMessage['headers'];
  readonly connection: number;
}

export type Trouble = (seen: Seen, response: ServerResponse) => boolean;

export async function createTestApiServer({ tls = true }: { tls?: boolean } = {}) {
  const authority = createAuthority();
  const store = createObjectStore();
  const seen: Seen[] = [];
  const reviews: Record<string, unknown>[] = [];
  const tokens = new Set<string>(['good']);
  const watches = new Map<ServerResponse, string>();
  const sockets = new Set<Socket>();
  const troubles: Trouble[] = [];
  let connections = 0;
  let watchesOpened = 0;
  const numbers = new WeakMap<Socket, number>();
  let allow = (_attributes: Record<string, unknown>): boolean => true;
  let tap: RequestListener = (_request, response) => void response.end();

  const handler: RequestListener = (request, response) => {
    const one = toSeen(request);
    seen.push(one);
    if (troubles.some((trouble) => trouble(one, response))) return;
    if (one.user === null) return sendStatus(response, 401, 'Unauthorized');
    if (/\/(self)?subjectaccessreviews$/.test(one.path)) return void review(request, response);
    if (one.path.endsWith('/selfsubjectreviews'))
      return send(response, 201, {
        status: { userInfo: { username: one.user, groups: ['system:authenticated'] } },
      });
    if (one.path.includes('/watch/namespaces/')) return tap(request, response);
    if (/^\/apis\/[^/]+\/[^/]+$/.test(one.path)) return discover(one.path, response);
    const [path = '', namespace] = toListPath(one.path);
    if (!store.has(path))
      return sendStatus(response, 404, 'the server could not find the requested resource');
    if (one.query.get('watch') === 'true') watch(path, namespace ?? null, one, response);
    else if (path.endsWith('/namespaces') && namespace !== undefined) get(path, namespace, response);
    else list(path, namespace ?? null, one, response);
  };

  function toSeen(request: IncomingMessage): Seen {
    const url = new URL(request.url ?? '/', 'http://api');
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
    const certificate = tls ? (request.socket as TLSSocket).getPeerCertificate() : null;
    const trusted = tls && (request.socket as TLSSocket).authorized;
    const user =
      token !== null && tokens.has(token)
        ? `user-${token}`
        : trusted
          ? String(certificate?.subject?.CN)
          : null;
    return {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      token,
      user,
      headers: request.headers,
      connection: numbers.get(request.socket) ?? 0,
    };
  }

  function discover(path: string, response: ServerResponse): void {
    const resources = store
      .paths()
      .filter((list) => list.startsWith(`${path}/`))
      .map((list) => ({ name: list.slice(path.length + 1) }));
    if (resources.length > 0) send(response, 200, { kind: 'APIResourceList', resources });
    else sendStatus(response, 404, 'the server could not find the requested resource');
  }

  function get(path: string, name: string, response: ServerResponse): void {
    const found = store.page(path, 0, null)?.items.find(({ metadata }) => metadata['name'] === name);
    if (found) send(response, 200, found);
    else sendStatus(response, 404, `"${name}" not found`);
  }

  function list(path: string, namespace: string | null, { query }: Seen, response: ServerResponse): void {
    const limit = query.get('resourceVersion') === '0' ? 0 : Number(query.get('limit') ?? 0);
    const page = store.page(path, limit, query.get('continue'));
    if (page === null) {
      sendStatus(response, 410, 'the provided continue parameter is too old');
      return;
    }
    const selector = (query.get('labelSelector') ?? '')
      .split(',')
      .filter(Boolean)
      .map((part) => part.split('='));
    const items = page.items.filter(({ metadata }) => {
      const labels = (metadata['labels'] ?? {}) as Record<string, string>;
      const inPlace = namespace === null || metadata['namespace'] === namespace;
      return inPlace && selector.every(([name, value]) => labels[name ?? ''] === value);
    });
    send(response, 200, {
      metadata: {
        resourceVersion: String(page.version),
        ...(page.next === null ? {} : { continue: page.next }),
      },
      items,
    });
  }

  function watch(path: string, namespace: string | null, { query }: Seen, response: ServerResponse): void {
    const isInPlace = ({ object }: WatchEvent) =>
      namespace === null || object.metadata['namespace'] === namespace;
    const missed = store.since(path, Number(query.get('resourceVersion')));
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    const write = (event: Pick<WatchEvent, 'type' | 'object'>): void =>
      void response.write(`${JSON.stringify({ type: event.type, object: event.object })}\n`);
    if (missed === null) {
      response.end(
        `${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' } })}\n`,
      );
      return;
    }
    for (const event of missed.filter(isInPlace)) write(event);
    const onEvent = (event: WatchEvent): void => {
      if (event.path === path && isInPlace(event)) write(event);
    };
    store.changes.on('event', onEvent);
    watches.set(response, path);
    watchesOpened += 1;
    response.on('close', () => {
      store.changes.off('event', onEvent);
      watches.delete(response);
    });
  }

  async function review(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { spec } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    // Of somebody else, where it says whom.
    const { resourceAttributes, ...whom } = spec;
    const attributes = { ...resourceAttributes, ...whom };
    reviews.push(attributes);
    send(response, 201, { status: { allowed: allow(attributes) } });
  }

  const { certificate: cert, key } = authority.forServer();
  const server = tls
    ? createHttpsServer(
        { cert, key, ca: authority.certificate, requestCert: true, rejectUnauthorized: false },
        handler,
      )
    : createHttpServer(handler);
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    connections += 1;
    numbers.set(socket, connections);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });

  const forwards = createPortForwards(() => allow({ resource: 'pods', subresource: 'portforward' }));
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const one = toSeen(request);
    seen.push(one);
    forwards.upgrade(one, request, socket, head);
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    authority,
    store,
    seen,
    reviews,
    tokens,
    troubles,
    /** `NAMESPACE/POD` → the local port that stands for the one in the pod. */
    pods: forwards.pods,
    watchCount: () => watches.size,
    watchesOpened: () => watchesOpened,
    connectionCount: () => sockets.size,
    allowWhen(rule: (attributes: Record<string, unknown>) => boolean) {
      allow = rule;
    },
    tapWith(listener: RequestListener) {
      tap = listener;
    },
    endWatches: () => [...watches.keys()].forEach((response) => void response.end()),
    cutWatches: () => [...watches.keys()].forEach((response) => void response.destroy()),
    writeToWatches: (text: string) => [...watches.keys()].forEach((response) => void response.write(text)),
    forwardCount: forwards.count,
    cutForwards: forwards.cut,
    async close() {
      for (const socket of sockets) socket.destroy();
      forwards.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type TestApiServer = Awaited<ReturnType<typeof createTestApiServer>>;

/** `/api/v1/namespaces/NS/pods` → the list of all, and the namespace. */
function toListPath(path: string): [string, string?] {
  const single = /^(\/api\/v1\/namespaces)\/([^/]+)$/.exec(path);
  if (single) return [single[1] ?? '', single[2] ?? ''];
  const scoped = /^(.+)\/namespaces\/([^/]+)\/([^/]+)$/.exec(path);
  return scoped ? [`${scoped[1]}/${scoped[3]}`, scoped[2] ?? ''] : [path];
}

export function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

export function sendStatus(response: ServerResponse, code: number, message: string): void {
  send(response, code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message });
}
