import { routesCsv } from '@latchwork/figures/csv/routes-csv';
import { backendName, routeKind, routeTitle } from '@latchwork/figures/routes/route-words';
import type { Route } from '@latchwork/shared/routes/routes';
import { describe, expect, it } from 'vitest';
import { draftable, toParents } from './parents.ts';

export const ROUTE: Route = {
  id: 'a',
  kind: 'HTTPRoute',
  group: 'gateway.networking.k8s.io',
  namespace: 'shop',
  parent: 'shop/service/catalog',
  name: 'catalog-split',
  rule: 0,
  matches: ['GET, path begins with /quotes'],
  backends: [
    { target: 'shop/service/catalog-stable', weight: 0.9, share: 0.8, golden: null },
    { target: 'shop/service/catalog-canary', weight: 0.1, share: 0.2, golden: null },
  ],
  golden: { rps: 2, successRate: 0.5, requests: 120, failures: 60, p50Ms: 1, p95Ms: 2, p99Ms: 3 },
  tried: null,
  retries: null,
  timeouts: 0,
  refused: null,
  latencyBoundsMs: [50, 500],
  weightsSince: null,
  counts: 'requests',
  finding: null,
};
const REST: Route = { ...ROUTE, id: 'b', kind: 'default', name: 'http', matches: [], backends: [] };

describe('toParents(routes, filter)', () => {
  it('puts routes under their parents', () => {
    expect(toParents([ROUTE, REST], '')).toMatchObject([
      { name: 'catalog', namespace: 'shop', kind: 'Service', routes: [{ id: 'a' }, { id: 'b' }] },
    ]);
  });

  it('finds by any word of a route, and each has to be there', () => {
    expect(toParents([ROUTE, REST], 'quotes canary')[0]?.routes).toEqual([ROUTE]);
    expect(toParents([ROUTE, REST], 'quotes orders')).toEqual([]);
  });
});

it('offers Services for a draft, the busiest first, what is opaque last', () => {
  const ledger = { ...REST, parent: 'shop/service/ledger', name: 'opaq' };
  const server = { ...REST, parent: 'shop/server/http' };
  const quiet = { ...REST, parent: 'shop/service/about', golden: { ...ROUTE.golden!, rps: 0.1 } };
  expect(draftable([ledger, server, quiet, ROUTE])).toEqual([
    'shop/service/catalog',
    'shop/service/about',
    'shop/service/ledger',
  ]);
});

it('tells default routes in words', () => {
  expect([routeTitle(REST), routeKind(REST)]).toEqual(['no route', 'default, http']);
  expect(
    routeKind({
      ...REST,
      kind: 'ServiceProfile',
      namespace: REST.parent.split('/')[0] ?? '',
      name: '[DEFAULT]',
    }),
  ).toBe('no route matched');
  const route = { ...REST, kind: 'HTTPRoute', name: 'split', parent: 'shop/service/web' };
  expect(routeKind({ ...route, namespace: 'shop' })).toBe('HTTPRoute');
  // Names repeat across namespaces.
  expect(routeKind({ ...route, namespace: 'team' })).toBe('HTTPRoute of team');
  expect(routeTitle({ kind: 'default', name: 'http-egress-deny' })).toBe('denied');
});

it('names a backend by what differs from its parent', () => {
  expect(backendName('shop/service/a', 'shop')).toBe('a');
  expect(backendName('other/service/a', 'shop')).toBe('a in other');
  expect(backendName('default/unknown', 'shop')).toBe('outside');
});

it('routesCsv(routes) has a line for each backend, and no formula', () => {
  const lines = routesCsv([{ ...ROUTE, name: '=A1' }, REST])
    .trimEnd()
    .split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toContain('"\'=A1"');
  expect(new Set(lines.map((line) => line.match(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/g)?.length)).size).toBe(1);
});
