import { describe, expect, it } from 'vitest';
import { type CallOptions, call, podLabels, securedEnds } from '../../../test/inputs/tap-parts.ts';
import { createTopFold, type TopFoldOptions } from './top.ts';

const SHOP = { namespace: 'shop', workloadId: null };
const WEB = { namespace: 'shop', workloadId: 'shop/deployment/web' };

function createFold(options: Partial<TopFoldOptions> = {}) {
  const clock = { ms: 0 };
  const fold = createTopFold({ target: WEB, noise: 'hide', nowMs: () => clock.ms, ...options });
  return {
    clock,
    fold,
    push(...calls: CallOptions[]) {
      for (const each of calls) for (const part of call(each)) fold.push(part);
    },
    rows: () => fold.snapshot().rows,
    counters: () => fold.snapshot().counters,
  };
}

describe('createTopFold()', () => {
  it('folds requests of one source, target, method and path into a row', () => {
    const { push, rows, clock } = createFold();
    for (const sinceRequestMs of [9, 4, 6]) {
      clock.ms += 1_000;
      push({ response: { sinceRequestMs } });
    }
    push({ request: { path: '/carts/18' } }, { request: { method: 'POST' } });
    expect(rows().length).toBe(3);
    expect(rows()[0]).toEqual({
      key: expect.any(String),
      direction: 'outbound',
      source: { id: 'shop/deployment/web', label: 'web', namespace: 'shop' },
      target: { id: 'shop/deployment/cart', label: 'cart', namespace: 'shop' },
      method: 'GET',
      authority: 'cart.shop.svc.cluster.local',
      path: '/carts/17',
      route: '/carts/{id}',
      count: 3,
      ended: 3,
      successes: 3,
      statuses: { 200: 3 },
      bestMs: 4,
      medianMs: 6,
      p95Ms: 9,
      worstMs: 9,
      lastMs: 6,
      lastAt: '1970-01-01T00:00:03.000Z',
      lock: { state: 'secured', securedShare: 1, reasons: [] },
    });
  });

  it('says null where nothing was measured, and counts what has not ended', () => {
    const { fold, rows } = createFold();
    fold.push(call()[0] as never);
    expect(rows()[0]).toMatchObject({
      count: 1,
      ended: 0,
      bestMs: null,
      medianMs: null,
      worstMs: null,
      lastMs: null,
    });
  });

  it('calls a row mixed by the share of its requests, with the reasons of the rest', () => {
    const { push, rows } = createFold();
    const bare = {
      labels: {
        namespace: 'shop',
        deployment: 'cart',
        pod: 'cart-2',
        tls: 'not_provided_by_service_discovery',
      },
    };
    push({}, { destination: bare }, { destination: bare }, {});
    expect(rows()).toMatchObject([
      {
        count: 4,
        lock: {
          state: 'mixed',
          securedShare: 0.5,
          reasons: [{ reason: 'not_provided_by_service_discovery', share: 0.5 }],
        },
      },
    ]);
  });

  it.each([
    ['HTTP 404: the caller asked wrongly', { response: { httpStatus: 404 } }, 1, '404'],
    ['HTTP 500', { response: { httpStatus: 500 } }, 0, '500'],
    ['gRPC 9 with HTTP 200', { end: { grpcStatus: 9 } }, 1, 'gRPC 9'],
    ['gRPC 14 with HTTP 200', { end: { grpcStatus: 14 } }, 0, 'gRPC 14'],
    ['gRPC 7', { end: { grpcStatus: 7 } }, 0, 'gRPC 7'],
    ['a reset', { end: { resetError: 8 } }, 0, 'reset'],
    ['no response', { response: null }, 0, 'no response'],
  ] as const)('classifies as the proxy does: %s', (_what, options, successes, status) => {
    const { push, rows } = createFold();
    push(options as CallOptions);
    expect(rows()).toMatchObject([{ ended: 1, successes, statuses: { [status]: 1 } }]);
  });

  it('does not guess the success of a request whose answer was lost on the way', () => {
    const { push, rows, counters } = createFold();
    push({ response: null, end: { sinceResponseMs: 2 } });
    expect(rows()).toMatchObject([{ count: 1, ended: 0, successes: 0 }]);
    expect(counters().lost).toEqual([{ reason: 'end of a request whose answer was not seen', count: 1 }]);
  });

  it('counts a call between two tapped pods once, from the caller, whichever side comes first', () => {
    const { push, rows, counters } = createFold({ target: SHOP });
    push(
      { direction: 'inbound' },
      { direction: 'outbound' },
      { direction: 'outbound' },
      { direction: 'inbound' },
    );
    expect(rows()).toMatchObject([{ direction: 'outbound', count: 2 }]);
    expect(counters()).toMatchObject({ requests: 2, bothSides: 2, received: 12 });
  });

  it('counts the inbound side when the tap does not include the caller', () => {
    const { push, rows, counters } = createFold({
      target: { namespace: 'shop', workloadId: 'shop/deployment/cart' },
    });
    push({ direction: 'inbound' });
    expect(rows()).toMatchObject([{ direction: 'inbound', count: 1, source: { id: 'shop/deployment/web' } }]);
    expect(counters().bothSides).toBe(0);
  });

  it('counts the inbound side once a caller has stayed silent: its pod is not tapped', () => {
    const { push, rows, clock, counters } = createFold({ target: SHOP });
    push({ direction: 'inbound' });
    clock.ms = 9_999;
    push({ direction: 'inbound' });
    expect(rows()).toEqual([]);
    clock.ms = 10_000;
    push({ direction: 'inbound' });
    expect(rows()).toMatchObject([{ direction: 'inbound', count: 1 }]);
    expect(counters().bothSides).toBe(2);
  });

  it('leaves out probes, scrapes and tap itself, counts them, and shows them when asked', () => {
    const noise: CallOptions[] = [
      {
        direction: 'inbound',
        source: { labels: { tls: 'no_tls_from_remote' } },
        destination: { labels: podLabels('web', 'shop', { tls: 'loopback', route_name: 'probe' }) },
      },
      { destination: { address: '10.0.0.2:4191' } },
      { destination: { address: '10.0.0.2:4190' } },
    ];
    const caller: CallOptions = {
      direction: 'inbound',
      ...securedEnds('inbound', 'monitor', 'web', 'other'),
    };
    const hiding = createFold();
    hiding.push(...noise, caller);
    expect(hiding.counters()).toMatchObject({ hidden: 3, requests: 1 });
    const showing = createFold({ noise: 'show' });
    showing.push(...noise, caller);
    expect(showing.counters()).toMatchObject({ hidden: 0, requests: 4 });
  });

  it('stays within its rows, drops those that nobody asked for lately, and counts them', () => {
    const { push, fold, rows, counters, clock } = createFold({ maxRows: 20 });
    for (let i = 0; i < 30; i++) {
      clock.ms = i * 1_000;
      push({ request: { path: `/page/${i}` } }, { request: { path: '/page/0' } });
      expect(fold.rows).toBeLessThanOrEqual(20);
    }
    expect(rows().map(({ path }) => path)).toContain('/page/0');
    expect(counters().rowsDropped).toBe(30 - rows().length);
    expect(counters().requests).toBe(60);
  });

  it('keeps the keys and the order of its rows', () => {
    const { push, rows } = createFold();
    push({ request: { path: '/a' } }, { request: { path: '/b' } });
    const before = rows().map(({ key }) => key);
    push({ request: { path: '/b' } }, { request: { path: '/c' } }, { request: { path: '/a' } });
    expect(
      rows()
        .map(({ key }) => key)
        .slice(0, 2),
    ).toEqual(before);
  });

  it('counts requests that never ended, and answers to requests that it never saw', () => {
    const { fold, counters, clock } = createFold();
    const [request] = call();
    const [, response, end] = call();
    for (const part of [request, response, end]) fold.push(part as never);
    clock.ms = 61_000;
    expect(counters()).toMatchObject({
      expired: 1,
      lost: [{ reason: 'answer to a request that was not seen', count: 2 }],
    });
  });

  it('cuts a path that is longer than anybody reads', () => {
    const { push, rows } = createFold();
    push({ request: { path: `/${'x'.repeat(10_000)}` } });
    expect(rows()[0]?.path.length).toBe(512);
  });
});
