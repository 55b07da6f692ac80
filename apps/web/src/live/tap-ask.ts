// What the proxies are to leave out of a live stream, as the address writes it: `method:POST,path:/carts`. Pure.

import type { TapParams } from '@latchwork/shared/tap/tap-params';
import { parseTapTarget } from './tap-target.ts';

/** Empty is everything. `to`: `namespace` or `namespace/kind/name`; `rps`: the limit, a number. */
export interface TapAsk {
  method: string;
  path: string;
  authority: string;
  scheme: string;
  to: string;
  labels: string;
  rps: string;
}

export const NO_ASK: TapAsk = {
  method: '',
  path: '',
  authority: '',
  scheme: '',
  to: '',
  labels: '',
  rps: '',
};
const FIELDS = Object.keys(NO_ASK) as (keyof TapAsk)[];
const MAX_RPS = 10_000;

export function parseTapAsk(text: string): TapAsk {
  const ask = { ...NO_ASK };
  for (const pair of text.split(',')) {
    const colon = pair.indexOf(':');
    const field = FIELDS.find((name) => name === pair.slice(0, Math.max(0, colon)));
    if (field) ask[field] = unescaped(pair.slice(colon + 1));
  }
  return ask;
}

export function tapAskText(ask: TapAsk): string {
  return FIELDS.filter((field) => ask[field].trim() !== '')
    .map((field) => `${field}:${ask[field].trim().replace(/[%,]/g, encodeURIComponent)}`)
    .join(',');
}

/** What of it the server takes. What makes no sense is left out, and `askTroubles` says so. */
export function askParams(ask: TapAsk): Omit<TapParams, 'namespace'> {
  const troubles = askTroubles(ask);
  const text = (field: keyof TapAsk) => (troubles[field] === undefined ? ask[field].trim() : '');
  const to = parseTapTarget(text('to'));
  const scheme = text('scheme');
  return {
    ...(text('method') && { method: text('method').toUpperCase() }),
    ...(text('path') && { path: text('path') }),
    ...(text('authority') && { authority: text('authority') }),
    ...((scheme === 'http' || scheme === 'https') && { scheme }),
    ...(to && { toNamespace: to.namespace }),
    ...(to?.workload && { toKind: to.workload.kind, toName: to.workload.name }),
    ...(text('labels') && { labelSelector: text('labels') }),
    ...(text('rps') && { maxRps: Number(text('rps')) }),
  };
}

/** What is wrong with a field, in words. */
export function askTroubles({ method, scheme, to, rps }: TapAsk): { [F in keyof TapAsk]?: string } {
  const troubles: { [F in keyof TapAsk]?: string } = {};
  if (method.trim() !== '' && !/^[A-Za-z][A-Za-z-]{0,31}$/.test(method.trim()))
    troubles.method = 'a method is one word, such as GET';
  if (scheme !== '' && scheme !== 'http' && scheme !== 'https') troubles.scheme = 'http or https';
  if (to.trim() !== '' && !isTarget(to.trim()))
    troubles.to = 'a namespace, or namespace/kind/name such as shop/deployment/cart';
  const limit = Number(rps);
  if (rps.trim() !== '' && !(limit >= 1 && limit <= MAX_RPS)) troubles.rps = `a number from 1 to ${MAX_RPS}`;
  return troubles;
}

function isTarget(text: string): boolean {
  const target = parseTapTarget(text);
  return (
    target !== null &&
    (target.workload === null || /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(target.workload.name))
  );
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
