// Whether a request carries the access token: in a header, or as the cookie that a login left. Pure.

import { createHmac, timingSafeEqual } from 'node:crypto';

export const COOKIE = 'latchwork_session';

/** What the cookie holds: it proves the token without being it, and ends with it. */
export function sessionOf(token: string): string {
  return createHmac('sha256', token).update('latchwork session 1').digest('base64url');
}

export function isSame(given: string, wanted: string): boolean {
  // Of equal length whatever was given, so that the time says nothing.
  const digest = (text: string) => createHmac('sha256', 'latchwork compare').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

export function carriesToken(
  headers: { readonly authorization?: string | undefined; readonly cookie?: string | undefined },
  token: string,
): boolean {
  const [, bearer] = /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '') ?? [];
  if (bearer !== undefined) return isSame(bearer, token);
  const session = cookieOf(headers.cookie ?? '');
  return session !== null && isSame(session, sessionOf(token));
}

function cookieOf(header: string): string | null {
  for (const pair of header.split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === COOKIE && value) return value;
  }
  return null;
}
