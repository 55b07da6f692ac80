// Who a request comes from, by its token or its client certificate. Knows no rights.

import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Tokens } from './tokens.ts';

export interface Visitor {
  readonly user: string;
  readonly groups: readonly string[];
}

const VIEWER = 'viewer@ferryline.example';
const AUTHENTICATED = 'system:authenticated';

/** Null: nobody that is known. */
export function visitorOf(request: IncomingMessage, tokens: Tokens, nowMs: number): Visitor | null {
  const { authorization = '' } = request.headers;
  const [, token] = /^Bearer (.+)$/.exec(authorization) ?? [];
  if (token) return tokens.isAccepted(token, nowMs) ? actingAs(request, VIEWER, ['viewers']) : null;
  const name = certificateName(request);
  return name && tokens.acceptsOld ? actingAs(request, name, []) : null;
}

function certificateName({ socket }: IncomingMessage): string | null {
  if (!('authorized' in socket)) return null;
  const { authorized, getPeerCertificate } = socket as TLSSocket;
  if (!authorized) return null;
  const name = getPeerCertificate.call(socket).subject?.CN;
  return typeof name === 'string' ? name : null;
}

function actingAs({ headers }: IncomingMessage, user: string, groups: readonly string[]): Visitor {
  const other = headers['impersonate-user'];
  return typeof other === 'string'
    ? { user: other, groups: [AUTHENTICATED] }
    : { user, groups: [...groups, AUTHENTICATED] };
}
