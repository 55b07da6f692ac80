import { expect, it } from 'vitest';
import type { RouteMatch } from '../../sources/kubernetes/watch/objects.ts';
import { matchWords } from './match-words.ts';

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
  [{ headers: [{ name: 'x-user', value: '7' }] }, 'with header x-user: 7'],
  [{ service: 'shop.v1.Payments', rpc: 'Capture' }, 'Payments / Capture'],
  [{ service: 'shop.v1.Payments' }, 'Payments / any method'],
  [{ queryParams: [{ name: 'beta', value: '1' }] }, 'with beta=1 in the query'],
])('matchWords(%o) is "%s"', (match, words) => {
  expect(matchWords({ ...nothing, ...match })).toBe(words);
});
