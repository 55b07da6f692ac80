// Signed links to embedded pictures: a scope and an end, sealed with a key. Pure: the clock and the keys are arguments.

import { createHmac, timingSafeEqual } from 'node:crypto';
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

export type LinkFault = 'malformed' | 'unknown-key' | 'bad-signature' | 'expired';

export type LinkReading =
  | { readonly scope: LinkScope; readonly expiresAtSeconds: number; readonly keyId: string }
  | { readonly fault: LinkFault };

/** Whoever signs and whoever reads may be two machines: their clocks may differ by this much. */
export const SKEW_SECONDS = 60;

const SHAPE = /^([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]{1,15000})\.([A-Za-z0-9_-]{43})$/;

export function signLink({ namespaces, view }: LinkScope, expiresAtSeconds: number, key: LinkKey): string {
  const what = { n: [...new Set(namespaces)].sort(), v: view, e: expiresAtSeconds };
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
  return { ...what, keyId };
}

/** The key's name is sealed too, and what the seal is for: no other use of the key can be mistaken for a link. */
function seal({ id, secret }: LinkKey, payload: string): string {
  return createHmac('sha256', secret).update(`latchwork embed link 1\n${id}\n${payload}`).digest('base64url');
}

function parse(payload: string): { scope: LinkScope; expiresAtSeconds: number } | null {
  let what: unknown;
  try {
    what = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  const { n, v, e } = (what ?? {}) as { n?: unknown; v?: unknown; e?: unknown };
  const view = EMBED_VIEWS.find((each) => each === v);
  if (!view || !Number.isSafeInteger(e) || !Array.isArray(n)) return null;
  if (!n.every((each): each is string => typeof each === 'string' && isNamespaceName(each))) return null;
  return { scope: { namespaces: n, view }, expiresAtSeconds: e as number };
}
