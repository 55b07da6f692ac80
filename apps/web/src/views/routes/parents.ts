// Routes as they are listed: filtered, under the parents that they belong to. Pure.

import { routeTitle } from '@latchwork/figures/routes/route-words';
import { parseNodeId } from '@latchwork/shared/node-id';
import type { Route } from '@latchwork/shared/routes/routes';
import { matchesWords, wordsOf } from '../../filter/words.ts';

export interface Parent {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  /** "Service", "Server", "EgressNetwork", "Gateway". */
  readonly kind: string;
  readonly routes: readonly Route[];
}

/** The proxy's own word for what it does not read. */
const OPAQUE = 'opaq';

const KINDS: Readonly<Record<string, string>> = {
  service: 'Service',
  server: 'Server',
  egressnetwork: 'EgressNetwork',
  gateway: 'Gateway',
};

/** Every word has to be somewhere in the route: its name, kind, matches, parent or backends. */
export function toParents(routes: readonly Route[], filter: string): Parent[] {
  const words = wordsOf(filter);
  const parents = new Map<string, Route[]>();
  for (const route of routes) {
    const text = [
      ...[route.name, route.kind, route.parent, routeTitle(route), ...(route.matches ?? [])],
      ...route.backends.map(({ target }) => target),
    ].join(' ');
    if (!matchesWords(text, words)) continue;
    const known = parents.get(route.parent);
    if (known) known.push(route);
    else parents.set(route.parent, [route]);
  }
  return [...parents].map(([id, own]) => {
    const [namespace = '', kind = '', name = ''] = id.split('/');
    return { id, namespace, name, kind: KINDS[kind] ?? kind, routes: own };
  });
}

/** Services whose requests a draft could be of, the busiest first: what is opaque has no paths. */
export function draftable(routes: readonly Route[]): string[] {
  const rates = new Map<string, number>();
  for (const { parent, name, golden } of routes)
    if (parseNodeId(parent)?.type === 'service')
      rates.set(parent, (rates.get(parent) ?? 0) + (name === OPAQUE ? 0 : (golden?.rps ?? 0)));
  return [...rates].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([parent]) => parent);
}
