// Which access token a request carries: in a header, or as the cookie that a login left. Pure.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AccessToken } from './access-tokens.ts';
import { cookiesOf } from './login/cookies.ts';

export const COOKIE = 'latchwork_session';

/** What the cookie holds: it proves the token without being it, and ends with it. */
export function sessionOf(secret: string): string {
  return createHmac('sha256', secret).update('latchwork session 1').digest('base64url');
}

export function isSame(given: string, wanted: string): boolean {
  // Of equal length whatever was given, so that the time says nothing.
  const digest = (text: string) => createHmac('sha256', 'latchwork compare').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** All are compared, so that the time does not say which one it was. */
export function tokenOf(given: string, tokens: readonly AccessToken[]): AccessToken | null {
  return tokens.filter(({ secret }) => isSame(given, secret))[0] ?? null;
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
  for (const session of sessions)
    for (const token of tokens) if (isSame(session, sessionOf(token.secret))) return token;
  return sessions.length > 0 ? 'wrong' : null;
}
