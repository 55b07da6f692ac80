// Tap behind the API server: what the aggregation layer and the tap server itself check before a request gets through.

import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { RequestInfo } from './request-info.ts';
import { type Rights, TAP_GROUP } from './rights.ts';
import { refuse, sendJson } from './status.ts';

export const TAP_MODES = ['ok', 'down', 'absent'] as const;
/** `down`: nobody answers behind the API server; `absent`: the viz extension is not installed. */
export type TapMode = (typeof TAP_MODES)[number];

const TAP_PREFIX = `/apis/${TAP_GROUP}`;

export function isTapPath(path: string): boolean {
  return path === TAP_PREFIX || path.startsWith(`${TAP_PREFIX}/`);
}

/** The API server has let it through already; the tap server calls the tap of a namespace by another name. */
function isAllowedByTap(info: RequestInfo, rights: Rights): boolean {
  return info.resource !== 'tap' || rights.isAllowed({ ...info, resource: 'namespaces/tap' });
}

export interface TapGateOptions {
  readonly mode: TapMode;
  readonly rights: Rights;
  /** Where tap answers, or a relay in front of it. */
  readonly upstream: string;
}

/** `info` is null for its discovery. */
export function passToTap(
  incoming: IncomingMessage,
  info: RequestInfo | null,
  { mode, rights, upstream }: TapGateOptions,
  response: ServerResponse,
): void {
  if (mode === 'absent') {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404 page not found\n');
    return;
  }
  if (mode === 'down') {
    const message = 'error trying to reach service: dial tcp 10.43.1.14:8089: connect: connection refused';
    refuse(response, { code: 503, reason: 'ServiceUnavailable', message });
    return;
  }
  if (info && !isAllowedByTap(info, rights)) {
    const error =
      'tap authorization failed (not authorized to access namespaces.tap.linkerd.io), visit https://linkerd.io/tap-rbac for more information';
    sendJson(response, 403, { error });
    return;
  }
  const { authorization: _, host: __, connection: ___, ...headers } = incoming.headers;
  const outgoing = ask(
    new URL(incoming.url ?? '/', upstream),
    { method: incoming.method ?? 'GET', headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.flushHeaders();
      answer.pipe(response);
      answer.once('error', () => response.destroy());
      answer.once('close', () => {
        if (!answer.complete) response.destroy();
      });
    },
  );
  outgoing.once('error', (error) => {
    if (response.headersSent) response.destroy();
    else
      refuse(response, {
        code: 503,
        reason: 'ServiceUnavailable',
        message: `error trying to reach service: ${error.message}`,
      });
  });
  response.once('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
}
