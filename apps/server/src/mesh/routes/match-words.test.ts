import { describe, expect, it } from 'vitest';
import type { RouteMatch } from '../../sources/kubernetes/watch/objects.ts';
import { matchWords, routeMatches } from './match-words.ts';

const nothing: RouteMatch = {
  method: null,
  path: null,
  service: null,
  rpc: null,
  headers: [],
  queryParams: [],
};

it.each<[Partial<RouteMatch>, string]>([
  [{}, 'everything'],
  [{ path: { type: 'PathPrefix', value: '/' } }, 'everything'],
  [{ method: 'GET', path: { type: 'PathPrefix', value: '/quotes' } }, 'GET, path begins with /quotes'],
  [{ method: 'POST', path: { type: 'Exact', value: '/orders' } }, 'POST, /orders'],
  [
    { method: 'GET', path: { type: 'RegularExpression', value: '/reviews/[^/]+' } },
    'GET, /reviews/ and one part',
  ],
  [{ path: { type: 'RegularExpression', value: '^/a(b|c)$' } }, 'path is like ^/a(b|c)$'],
  [{ headers: [{ name: 'x-user', value: '7', isPattern: false }] }, 'with header x-user: 7'],
  [{ service: 'shop.v1.Payments', rpc: 'Capture' }, 'Payments / Capture'],
  [{ service: 'shop.v1.Payments' }, 'Payments / any method'],
  [{ queryParams: [{ name: 'beta', value: '1', isPattern: false }] }, 'with beta=1 in the query'],
])('matchWords(%o) is "%s"', (match, words) => {
  expect(matchWords({ ...nothing, ...match })).toBe(words);
});

describe('routeMatches(kind, route)', () => {
  const everything = { matches: [], backends: [] };
  const get = { method: 'GET', path: null, service: null, rpc: null, headers: [], queryParams: [] };

  it('says the hosts with each match', () => {
    const rules = [everything, { matches: [get], backends: [] }];
    expect(routeMatches('HTTPRoute', { hostnames: [], rules })).toEqual(['everything', 'GET']);
    expect(routeMatches('HTTPRoute', { hostnames: ['a.example', 'b.example'], rules })).toEqual([
      'host a.example or b.example',
      'host a.example or b.example, GET',
    ]);
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}.example`);
    expect(routeMatches('HTTPRoute', { hostnames: many, rules: [everything] })).toEqual([
      'host a.example or b.example or c.example or 2 more',
    ]);
  });

  it('says of connections which they are', () => {
    expect(routeMatches('TCPRoute', { hostnames: [], rules: [everything] })).toEqual(['every connection']);
    expect(routeMatches('TLSRoute', { hostnames: ['a.example'], rules: [everything] })).toEqual([
      'TLS to a.example',
    ]);
    expect(routeMatches('TLSRoute', { hostnames: [], rules: [] })).toEqual(['every TLS connection']);
  });

  it('says what is a pattern, and that a route without rules matches nothing', () => {
    const headers = [{ name: 'x-team', value: '^a.*', isPattern: true }];
    const queryParams = [{ name: 'q', value: 'b+', isPattern: true }];
    expect(matchWords({ ...get, headers, queryParams })).toBe(
      'GET, with header x-team like ^a.*, with q like b+ in the query',
    );
    expect(routeMatches('HTTPRoute', { hostnames: ['a.example'], rules: [] })).toEqual([
      'nothing, because it has no rules',
    ]);
  });
});
