// One request to the API server: who asks, may they, and who answers. Holds no state of its own.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { BadSelector } from '../selector.ts';
import { discover } from './discovery.ts';
import { sendList, sendObject } from './lists.ts';
import type { ObjectStore } from './object-store.ts';
import type { People } from './people.ts';
import { PORT_FORWARD_PROTOCOL, type PortForwards } from './port-forward.ts';
import { type RequestInfo, toRequestInfo } from './request-info.ts';
import { findResource } from './resources.ts';
import { isReview, sendReview } from './reviews.ts';
import type { Rights } from './rights.ts';
import {
  badRequest,
  forbidden,
  NO_SUCH_RESOURCE,
  notFound,
  type Refusal,
  refuse,
  sendJson,
  statusOf,
  UNAUTHORIZED,
} from './status.ts';
import { isTapPath, passToTap, type TapMode } from './tap-gate.ts';
import type { Tokens } from './tokens.ts';
import { type Visitor, visitorOf } from './visitor.ts';
import type { Watches } from './watches.ts';

export interface ApiServerOptions {
  readonly store: ObjectStore;
  readonly rights: Rights;
  readonly people: People;
  readonly tokens: Tokens;
  readonly watches: Watches;
  readonly forwards: PortForwards;
  readonly now: () => number;
  readonly tapMode: () => TapMode;
  readonly tapUrl: string;
}

export interface ApiServer {
  handle(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

const HEALTH = ['/healthz', '/livez', '/readyz'];
const POD = { group: '', resource: 'pods' };

export function createApiServer(options: ApiServerOptions): ApiServer {
  const { store, rights, people, tokens, watches, forwards, now, tapMode, tapUrl } = options;

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const url = urlOf(request);
    if (HEALTH.includes(url.pathname)) {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('ok');
      return;
    }
    const visitor = visitorOf(request, tokens, now());
    if (!visitor) {
      refuse(response, UNAUTHORIZED);
      return;
    }
    const info = toRequestInfo(request.method ?? 'GET', url);
    if (info) answer(info, { request, url, visitor }, response);
    else if (isTapPath(url.pathname) && url.pathname.split('/').length > 3) tap(request, null, response);
    else sendDiscovery(url.pathname, response);
  }

  function answer(
    info: RequestInfo,
    { request, url, visitor }: { request: IncomingMessage; url: URL; visitor: Visitor },
    response: ServerResponse,
  ): void {
    if (!rights.isAllowed(info)) {
      refuse(response, forbidden(visitor.user, info));
      return;
    }
    if (isTapPath(url.pathname)) {
      tap(request, info, response);
      return;
    }
    if (isReview(info)) {
      void sendReview(request, info, { rights, people, visitor }, response);
      return;
    }
    const resource = findResource(info.group, info.version, info.resource);
    if (!resource) {
      refuse(response, NO_SUCH_RESOURCE);
      return;
    }
    if (info.verb === 'watch') watches.open(resource, info, url.searchParams, response);
    else if (info.verb === 'list') sendList(store, resource, info, url.searchParams, response);
    else sendObject(store, resource, info, response);
  }

  function tap(request: IncomingMessage, info: RequestInfo | null, response: ServerResponse): void {
    passToTap(request, info, { mode: tapMode(), rights, upstream: tapUrl }, response);
  }

  function sendDiscovery(path: string, response: ServerResponse): void {
    const found = discover(path, tapMode() !== 'absent');
    if (found) sendJson(response, 200, found);
    else response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404 page not found\n');
  }

  function forward(request: IncomingMessage, socket: Duplex, head: Buffer): Refusal | null {
    const visitor = visitorOf(request, tokens, now());
    if (!visitor) return UNAUTHORIZED;
    const url = urlOf(request);
    const info = toRequestInfo('GET', url);
    if (info?.resource !== 'pods/portforward' || info.name === null) return NO_SUCH_RESOURCE;
    for (const verb of ['get', 'create'])
      if (!rights.isAllowed({ ...info, verb })) return forbidden(visitor.user, { ...info, verb });
    const pod = store.get('pods', `${info.namespace}/${info.name}`);
    if (!pod) return notFound(POD, info.name);
    const ports = url.searchParams.getAll('ports').flatMap((text) => text.split(',').map(Number));
    if (ports.length === 0 || ports.some((port) => !(port > 0 && port < 65_536)))
      return badRequest('query parameter "ports" is required');
    if (!request.headers['sec-websocket-protocol']?.split(/,\s*/).includes(PORT_FORWARD_PROTOCOL))
      return badRequest(`unable to upgrade: the protocols that are spoken here are ${PORT_FORWARD_PROTOCOL}`);
    forwards.accept(pod, ports, request, socket, head);
    return null;
  }

  return {
    handle(request, response) {
      try {
        handle(request, response);
      } catch (error) {
        if (!(error instanceof BadSelector)) throw error;
        refuse(response, badRequest(error.message));
      }
    },
    upgrade(request, socket, head) {
      const refusal = forward(request, socket, head);
      if (refusal) refuseUpgrade(socket, refusal);
    },
  };
}

function urlOf(request: IncomingMessage): URL {
  return new URL(request.url ?? '/', 'http://kubernetes');
}

export function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const body = JSON.stringify(statusOf(refusal));
  socket.end(
    [
      `HTTP/1.1 ${refusal.code} ${refusal.reason}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
