// The requests of one row of the top, as the address writes it: `SOURCE~TARGET METHOD ROUTE`, each part but the target optional. Pure.

import type { TappedRequest } from '@latchwork/shared/tap/tap';
import type { TapParams } from '@latchwork/shared/tap/tap-params';
import type { TopPeer } from '@latchwork/shared/tap/top';

/** `tap` of the address for requests of everybody to everybody. */
export const TAP_ALL = 'all';

export interface TapNarrow {
  /** Ids of nodes, or labels of those that have none; null: any. */
  source: string | null;
  target: string | null;
  method: string | null;
  /** With its ids folded away: `/carts/{id}`. */
  route: string | null;
}

export function narrowText({ source, target, method, route }: TapNarrow): string {
  return [`${source ?? ''}~${target ?? ''}`, method, route].filter((part) => part !== null).join(' ');
}

/** Null for `all`, and for what cannot be read: then nothing is left out. */
export function parseTapNarrow(text: string): TapNarrow | null {
  const [ends = '', method, ...route] = text.split(' ');
  if (!ends.includes('~')) return null;
  const [source, target] = ends.split('~');
  return {
    source: source || null,
    target: target || null,
    method: method || null,
    route: route.length > 0 ? route.join(' ') : null,
  };
}

export function peerRef({ id, label }: TopPeer): string {
  return id ?? label;
}

/** What of it the proxies can leave out themselves, so that the limit is spent on what is looked at. */
export function narrowParams({ method, route }: TapNarrow): Pick<TapParams, 'method' | 'path'> {
  const path = route?.split('{')[0] ?? '';
  return { ...(method && { method }), ...(path.length > 1 && { path }) };
}

export function isOfNarrow(narrow: TapNarrow, request: TappedRequest): boolean {
  return (
    (narrow.source === null || peerRef(request.from) === narrow.source) &&
    (narrow.target === null || peerRef(request.to) === narrow.target) &&
    (narrow.method === null || request.method === narrow.method) &&
    (narrow.route === null || request.route === narrow.route)
  );
}
