// Signed links to embedded pictures: a scope and an end, sealed with a key. Pure: the clock and the keys are arguments.

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { EMBED_VIEWS, type EmbedView } from '@latchwork/shared/embed';
import { isNamespaceName } from '@latchwork/shared/namespace-name';

/** `namespaces` empty: the whole mesh. */
export interface LinkScope {
  readonly namespaces: readonly string[];
  readonly view: EmbedView;
}

export interface LinkKey {
  readonly id: string;
  readonly secret: string;
}

export type LinkFault = 'malformed' | 'unknown-key' | 'bad-signature' | 'expired' | 'revoked';

/** A link that is good. */
export interface OpenLink {
  readonly scope: LinkScope;
  readonly expiresAtSeconds: number;
  readonly keyId: string;
  /** By which it is listed, and ended alone. */
  readonly linkId: string;
}

export type LinkReading = OpenLink | { readonly fault: LinkFault };

/** Whoever signs and whoever reads may be two machines: their clocks may differ by this much. */
export const SKEW_SECONDS = 60;

const SHAPE = /^([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]{1,15000})\.([A-Za-z0-9_-]{43})$/;

/** `linkId` is its name alone: whoever knows it opens nothing. */
export function signLink(
  { namespaces, view }: LinkScope,
  expiresAtSeconds: number,
  key: LinkKey,
  linkId?: string,
): string {
  const what = {
    n: [...new Set(namespaces)].sort(),
    v: view,
    e: expiresAtSeconds,
    ...(linkId === undefined ? {} : { i: linkId }),
  };
  const payload = Buffer.from(JSON.stringify(what)).toString('base64url');
  return `${key.id}.${payload}.${seal(key, payload)}`;
}

/** Nothing in the link is believed, or even read, before its seal was checked. */
export function readLink(link: string, keys: readonly LinkKey[], nowSeconds: number): LinkReading {
  const [, keyId, payload, given] = SHAPE.exec(link) ?? [];
  if (!keyId || !payload || !given) return { fault: 'malformed' };
  const key = keys.find(({ id }) => id === keyId);
  if (!key) return { fault: 'unknown-key' };
  if (!timingSafeEqual(Buffer.from(seal(key, payload)), Buffer.from(given)))
    return { fault: 'bad-signature' };
  const what = parse(payload);
  if (!what) return { fault: 'malformed' };
  if (nowSeconds > what.expiresAtSeconds + SKEW_SECONDS) return { fault: 'expired' };
  const { linkId = idFrom(link), ...rest } = what;
  return { ...rest, keyId, linkId };
}

/** Of a link from before they had names. */
function idFrom(link: string): string {
  return createHash('sha256').update(link).digest('base64url').slice(0, 12);
}

/** The key's name is sealed too, and what the seal is for: no other use of the key can be mistaken for a link. */
function seal({ id, secret }: LinkKey, payload: string): string {
  return createHmac('sha256', secret).update(`latchwork embed link 1\n${id}\n${payload}`).digest('base64url');
}

const LINK_ID = /^[A-Za-z0-9_-]{1,32}$/;

function parse(payload: string): { scope: LinkScope; expiresAtSeconds: number; linkId?: string } | null {
  let what: unknown;
  try {
    what = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  const { n, v, e, i } = (what ?? {}) as { n?: unknown; v?: unknown; e?: unknown; i?: unknown };
  const view = EMBED_VIEWS.find((each) => each === v);
  if (!view || !Number.isSafeInteger(e) || !Array.isArray(n)) return null;
  if (!n.every((each): each is string => typeof each === 'string' && isNamespaceName(each))) return null;
  const scope = { namespaces: n, view };
  return typeof i === 'string' && LINK_ID.test(i)
    ? { scope, expiresAtSeconds: e as number, linkId: i }
    : { scope, expiresAtSeconds: e as number };
}
