// Which access token a request carries: in a header, or as the cookie that a login left. Pure.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AccessToken } from './access-tokens.ts';
import { cookiesOf } from './login/cookies.ts';

export const COOKIE = 'latchwork_session';

/** What the cookie holds: it proves the token without being it, and ends with it. */
export function sessionOf(secret: string): string {
  return createHmac('sha256', secret).update('latchwork session 1').digest('base64url');
}

/** Of equal length whatever was given, so that the time of comparing says nothing. */
function digest(text: string): Buffer {
  return createHmac('sha256', 'latchwork compare').update(text).digest();
}

/** What a token is known by, once for all who come with something. */
const known = new WeakMap<AccessToken, { readonly secret: Buffer; readonly session: Buffer }>();

function knownOf(token: AccessToken) {
  let own = known.get(token);
  if (!own) {
    own = { secret: digest(token.secret), session: digest(sessionOf(token.secret)) };
    known.set(token, own);
  }
  return own;
}

/** All are compared, so that the time does not say which one it was. */
function find(given: string, what: 'secret' | 'session', tokens: readonly AccessToken[]): AccessToken | null {
  const digested = digest(given);
  return tokens.filter((token) => timingSafeEqual(digested, knownOf(token)[what]))[0] ?? null;
}

export function tokenOf(given: string, tokens: readonly AccessToken[]): AccessToken | null {
  return find(given, 'secret', tokens);
}

export interface Credentials {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
}

/** `wrong`: it carries something that is none of them; null: it carries nothing. */
export function carriedToken(
  headers: Credentials,
  tokens: readonly AccessToken[],
): AccessToken | 'wrong' | null {
  const { authorization } = headers;
  const [, bearer] = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '') ?? [];
  if (bearer !== undefined) return tokenOf(bearer, tokens) ?? 'wrong';
  // A neighbour under the same domain may set a cookie of this name: it must not keep out who has the right one.
  const sessions = cookiesOf(headers.cookie, COOKIE);
  for (const session of sessions) {
    const token = find(session, 'session', tokens);
    if (token) return token;
  }
  return sessions.length > 0 ? 'wrong' : null;
}
