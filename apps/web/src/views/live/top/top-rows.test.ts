import { describe, expect, it } from 'vitest';
import { topRow } from '../../../test-data/top.ts';
import { successRateOf, toTopLines } from './top-rows.ts';

const first = topRow();
const second = topRow({
  path: '/reviews/88',
  count: 30,
  ended: 20,
  successes: 20,
  statuses: { '200': 20 },
  bestMs: 3,
  medianMs: 40,
  worstMs: 50,
  lock: {
    state: 'plaintext',
    securedShare: 0,
    reasons: [{ reason: 'not_provided_by_service_discovery', share: 1 }],
  },
});
const cart = topRow({
  target: { id: 'shop/deployment/cart', label: 'cart', namespace: 'shop' },
  path: '/cart',
  route: null,
  statuses: { '200': 10 },
});

describe('toTopLines(rows, "route")', () => {
  const [reviews, other] = toTopLines([first, second, cart], 'route');

  it('joins paths of one route and adds their counts up', () => {
    expect(reviews).toMatchObject({ request: '/reviews/{id}', count: 40, ended: 30, successes: 29 });
    expect(reviews && successRateOf(reviews)).toBeCloseTo(29 / 30);
  });

  it('takes the extremes, and the middle median by how often each was seen', () => {
    expect(reviews).toMatchObject({ bestMs: 3, medianMs: 40, worstMs: 90 });
  });

  it('weighs the lock by requests, never by the first row', () => {
    expect(reviews?.lock).toEqual({
      state: 'mixed',
      securedShare: 0.25,
      reasons: [{ reason: 'not_provided_by_service_discovery', share: 0.75 }],
    });
  });

  it('leaves a single row as it is, with its own path', () => {
    expect(other).toMatchObject({ request: '/cart', more: 0, lock: cart.lock });
    expect(toTopLines([first], 'route')[0]?.request).toBe('/reviews/310');
  });

  it('keeps two callers of one name apart', () => {
    const namesake = topRow({ source: { id: 'bank/deployment/web', label: 'web', namespace: 'bank' } });
    expect(toTopLines([first, namesake], 'route')).toHaveLength(2);
  });
});

describe('toTopLines(rows, "source")', () => {
  it('has a line for each pair, and says how many more requests it stands for', () => {
    const posted = topRow({ method: 'POST', path: '/reviews', route: null, count: 1 });
    const [line, ...rest] = toTopLines([first, second, posted], 'source');
    expect(rest).toEqual([]);
    expect(line).toMatchObject({ count: 41, more: 1, request: '/reviews/{id}' });
  });
});

describe('toTopLines(rows, "status")', () => {
  it('counts each status of each target, and claims no latency for it', () => {
    const lines = toTopLines([first, second, cart], 'status');
    expect(lines.map(({ status, target, count }) => [status, target.label, count])).toEqual([
      ['200', 'reviews', 29],
      ['500', 'reviews', 1],
      ['200', 'cart', 10],
    ]);
    expect(lines[0]).toMatchObject({ medianMs: null, ended: 0 });
  });

  it('says how many callers share a line', () => {
    const other = topRow({ source: { id: null, label: '10.0.0.9', namespace: null } });
    expect(toTopLines([first, other], 'status')[0]?.source.label).toBe('2 sources');
  });
});

describe('successRateOf(line)', () => {
  it('is null while nothing has ended', () => {
    expect(successRateOf({ ended: 0, successes: 0 })).toBeNull();
  });
});

describe('toTopLines(rows, "target")', () => {
  it('joins the sources of one request', () => {
    const other = topRow({ source: { id: null, label: '10.0.0.9', namespace: null }, count: 5 });
    const lines = toTopLines([first, second, other, cart], 'target');
    expect(lines.map(({ source, target, count }) => `${source.label} ${target.label} ${count}`)).toEqual([
      '2 sources reviews 45',
      'web cart 10',
    ]);
  });
});

describe('the requests behind a line', () => {
  const web = 'shop/deployment/web';
  const reviews = 'shop/deployment/reviews';
  it.each([
    ['route', { source: web, target: reviews, method: 'GET', route: '/reviews/{id}' }],
    ['source', { source: web, target: reviews, method: null, route: null }],
    ['target', { source: null, target: reviews, method: 'GET', route: '/reviews/{id}' }],
    ['status', { source: null, target: reviews, method: null, route: null }],
  ] as const)('are named by what it is grouped by: %s', (groupBy, narrow) => {
    expect(toTopLines([first], groupBy)[0]?.narrow).toEqual(narrow);
  });
});
