import { describe, expect, it } from 'vitest';
import { type CallOptions, call, podLabels, securedEnds } from '../../../test/inputs/tap-parts.ts';
import { createTapRing, type TapRingOptions } from './tap-ring.ts';

const CART = { namespace: 'shop', workloadId: 'shop/deployment/cart' };
const SHOP = { namespace: 'shop', workloadId: null };

function createRing(options: Partial<TapRingOptions> = {}) {
  const clock = { ms: 0 };
  const ring = createTapRing({ target: CART, noise: 'hide', nowMs: () => clock.ms, ...options });
  return {
    clock,
    ring,
    push(...calls: CallOptions[]) {
      for (const each of calls) for (const part of call(each)) ring.push(part);
    },
    requests: () => ring.snapshot().requests,
    counters: () => ring.snapshot().counters,
  };
}

const ADMITTED = {
  srv_group: 'policy.linkerd.io',
  srv_kind: 'server',
  srv_name: 'cart-http',
  route_group: '',
  route_kind: 'default',
  route_name: 'default',
  authz_group: 'policy.linkerd.io',
  authz_kind: 'authorizationpolicy',
  authz_name: 'cart-callers',
};

describe('createTapRing()', () => {
  it('shows a request as far as it is known, the newest first', () => {
    const { push, ring, requests } = createRing();
    push({ request: { path: '/old' } });
    ring.push(call({ request: { path: '/new' } })[0] as never);
    expect(requests()).toMatchObject([
      { path: '/new', outcome: null, succeeded: null, httpStatus: null, durationMs: null },
      { path: '/old', outcome: '200', succeeded: true, httpStatus: 200, latencyMs: 5, durationMs: 6 },
    ]);
  });

  it('names both ends as the graph does, and folds ids into a route', () => {
    const { push, requests } = createRing();
    push({});
    expect(requests()).toMatchObject([
      {
        from: { id: 'shop/deployment/web', label: 'web' },
        to: { id: 'shop/deployment/cart', label: 'cart' },
        route: '/carts/{id}',
        lock: { state: 'secured', reason: null },
        serverId: 'cart.shop',
        admission: null,
      },
    ]);
    expect(requests()[0]).not.toHaveProperty('responded');
  });

  it('knows from the target’s proxy what let a request in', () => {
    const { push, requests } = createRing();
    const { destination } = securedEnds('inbound');
    push(
      { direction: 'inbound' },
      { direction: 'inbound', destination: { labels: { ...destination.labels, ...ADMITTED } } },
    );
    expect(requests().map(({ admission }) => admission)).toEqual([
      {
        server: { group: 'policy.linkerd.io', kind: 'server', name: 'cart-http' },
        route: { group: '', kind: 'default', name: 'default' },
        authorization: { group: 'policy.linkerd.io', kind: 'authorizationpolicy', name: 'cart-callers' },
      },
      null,
    ]);
    expect(requests()[0]?.clientId).toBe('web.shop');
  });

  it('shows a call between two tapped pods once, with what both of their proxies know', () => {
    const { push, requests, counters } = createRing({ target: SHOP });
    const { destination } = securedEnds('inbound');
    const admitted = { labels: { ...destination.labels, ...ADMITTED } };
    push({ direction: 'outbound' }, { direction: 'inbound', destination: admitted });
    expect(counters()).toMatchObject({ requests: 1, bothSides: 1 });
    expect(requests()).toMatchObject([
      {
        toldBy: 'both',
        direction: 'outbound',
        clientId: 'web.shop',
        serverId: 'cart.shop',
        admission: { authorization: { name: 'cart-callers' } },
      },
    ]);
    // The other way round, and a second call of the same kind.
    push(
      { direction: 'inbound', destination: admitted },
      { direction: 'outbound' },
      { direction: 'outbound' },
    );
    expect(requests().map(({ toldBy }) => toldBy)).toEqual(['caller', 'both', 'both']);
    expect(counters()).toMatchObject({ requests: 3, bothSides: 2 });
  });

  it('takes views that are far apart for two calls', () => {
    const { push, requests, clock } = createRing({ target: SHOP });
    push({ direction: 'outbound' });
    clock.ms += 6_000;
    push({ direction: 'inbound' });
    expect(requests().map(({ toldBy }) => toldBy)).toEqual(['caller']);
  });

  it('says why a request is not locked', () => {
    const { push, requests } = createRing();
    push({
      destination: { labels: podLabels('cart', 'shop', { tls: 'not_provided_by_service_discovery' }) },
    });
    expect(requests()[0]?.lock).toEqual({ state: 'plaintext', reason: 'not_provided_by_service_discovery' });
  });

  it('tells a failure by Linkerd’s classification', () => {
    const { push, requests } = createRing();
    push({ end: { grpcStatus: 14 } }, { response: { httpStatus: 404 } }, { response: null });
    expect(requests().map(({ outcome, succeeded }) => [outcome, succeeded])).toEqual([
      ['no response', false],
      ['404', true],
      ['gRPC 14', false],
    ]);
  });

  it('counts what it leaves out: probes, old requests, ends that never came', () => {
    const { push, ring, clock, counters, requests } = createRing({ maxRequests: 2 });
    ring.push(call()[0] as never);
    clock.ms += 61_000;
    push({ destination: { address: '10.0.0.2:4191' } }, {});
    expect(requests().map(({ outcome }) => outcome)).toEqual(['200', 'no end seen']);
    push({});
    ring.push(call()[1] as never);
    ring.lose('unreadable event');
    expect(counters()).toEqual({
      received: 12,
      requests: 3,
      expired: 1,
      hidden: 1,
      bothSides: 0,
      dropped: 1,
      lost: [
        { reason: 'answer to a request that was not seen', count: 1 },
        { reason: 'unreadable event', count: 1 },
      ],
    });
    const all = createRing({ noise: 'show' });
    all.push({ destination: { address: '10.0.0.2:4191' } });
    expect(all.counters()).toMatchObject({ requests: 1, hidden: 0 });
  });

  it.each([
    [{ method: 'GET' }, 1],
    [{ method: 'POST' }, 0],
    [{ path: '/carts' }, 1],
    [{ path: '/carts/18' }, 0],
    [{ scheme: 'https' }, 0],
    [{ authority: 'cart.shop.svc.cluster.local' }, 1],
    [{ authority: 'cart.shop' }, 0],
    [{ to: { namespace: 'shop', workload: null } }, 1],
    [{ to: { namespace: 'shop', workload: { kind: 'deployment', name: 'cart' } } }, 1],
    [{ to: { namespace: 'shop', workload: { kind: 'pod', name: 'cart-1' } } }, 1],
    [{ to: { namespace: 'shop', workload: { kind: 'deployment', name: 'web' } } }, 0],
    [{ to: { namespace: 'bank', workload: null } }, 0],
  ] as const)('leaves out what a recording has and %j does not fit', (match, left) => {
    const { push, requests, counters } = createRing({ match });
    push({ direction: 'outbound' }, { direction: 'inbound' });
    expect(requests()).toHaveLength(left);
    expect(counters().lost).toEqual([]);
  });
});
