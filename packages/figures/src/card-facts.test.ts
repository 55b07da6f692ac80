import type { Node } from '@latchwork/shared/node';
import { describe, expect, it } from 'vitest';
import { type CardTraffic, cardFacts, type ToldCard } from './card-facts.ts';
import { figureText } from './figure.ts';
import { boundsOf, PROXY_BOUNDS_MS } from './latency.ts';
import type { Targets } from './targets.ts';

const targets: Targets = {
  successTarget: 0.99,
  latencyTargetMs: 1000,
  bounds: PROXY_BOUNDS_MS,
};
const coarse: Targets = {
  ...targets,
  bounds: boundsOf({
    latencyBoundsMs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000],
  }),
};
const NOTHING: CardTraffic = {
  rps: null,
  successRate: null,
  requests: 0,
  failures: 0,
  p95Ms: null,
  tcp: null,
  refusedRps: 0,
  unreachedRps: 0,
};
const host = (name: string): Node => ({ type: 'external', id: `external:${name}`, what: 'host', name: null });
const EGRESS: Node = { type: 'external', id: 'external:egress/shop/all', what: 'egress', name: null };
const workload = (name: string): Node => ({
  type: 'workload',
  id: `shop/deployment/${name}`,
  namespace: 'shop',
  kind: 'deployment',
  name,
  golden: null,
  denied: 0,
  meshed: true,
});

function card(traffic: Partial<CardTraffic>, more: Partial<ToldCard> = {}): ToldCard {
  return {
    type: 'workload',
    meshed: true,
    nodes: [workload('web')],
    traffic: { ...NOTHING, ...traffic },
    ...more,
  };
}

function told(one: ToldCard, calls = true, against = targets): string {
  return cardFacts(one, calls, against)
    .map((line) => line.map(figureText).join(' | '))
    .join(' / ');
}

describe('cardFacts(card, calls, targets) of a workload', () => {
  it('is the rate, then the latency while all is well', () => {
    expect(told(card({ rps: 1.743, successRate: 1, p95Ms: 15.6 }))).toBe('1.74/s | 16 ms');
  });

  it('is the rate, then the success when that is below its target', () => {
    expect(
      cardFacts(
        card({ rps: 12.54, successRate: 0.912, requests: 752, failures: 66, p95Ms: 20 }),
        true,
        targets,
      )[0]?.at(-1),
    ).toEqual({
      value: '91.2',
      unit: ' %',
      tone: 'bad',
    });
  });

  it('counts the failures that are too few for a percentage', () => {
    expect(
      cardFacts(
        card({ rps: 0.23, successRate: 13 / 14, requests: 14, failures: 1, p95Ms: 20 }),
        true,
        targets,
      )[0]?.at(-1),
    ).toEqual({
      value: '1',
      unit: ' failed',
      tone: 'plain',
    });
  });

  it('marks a latency above its target', () => {
    expect(cardFacts(card({ rps: 2, successRate: 1, p95Ms: 1600 }), true, targets)[0]?.at(-1)).toEqual({
      value: '1.6',
      unit: ' s',
      tone: 'warn',
    });
  });

  it('knows no latency beyond the last bucket, below the first, or inside a wide one', () => {
    expect(told(card({ rps: 2, p95Ms: 50_000 }))).toBe('2.00/s | > 50 s');
    expect(told(card({ rps: 2, p95Ms: 0.4 }))).toBe('2.00/s | < 1 ms');
    expect(told(card({ rps: 2, p95Ms: 31 }), true, coarse)).toBe('2.00/s | 20–50 ms');
  });

  it('tells 0 from little, and large numbers with their thousands apart', () => {
    expect(told(card({ rps: 0 }))).toBe('0/s');
    expect(told(card({ rps: 0.004 }))).toBe('< 0.01/s');
    expect(told(card({ rps: 1127 }))).toBe('1\u2009127/s');
  });

  it('counts connections and bytes where there are no requests', () => {
    expect(told(card({ tcp: { openConnections: 4, bytesPerSecond: 1234 } }))).toBe('4 conns | 1.2 kB/s');
    expect(told(card({ tcp: { openConnections: 1, bytesPerSecond: 0.2 } }))).toBe('1 conn | < 1 B/s');
  });

  it('says TCP where nobody told how many connections there are, not 0', () => {
    expect(told(card({ tcp: { openConnections: null, bytesPerSecond: null } }))).toBe('TCP');
  });

  it('says what it refused when nothing else came', () => {
    expect(told(card({ refusedRps: 4 }))).toBe('4.00/s refused');
  });

  it('says what kind of quiet it is', () => {
    expect(told(card({}))).toBe('calls out only');
    expect(told(card({}), false)).toBe('no traffic in');
  });

  it('says that only callers tell, where what its proxy counts is not stored', () => {
    const untold: Node = { ...(workload('web') as Extract<Node, { type: 'workload' }>), denied: null };
    expect(told(card({ rps: 2.38 }, { nodes: [untold] }))).toBe('2.38/s | by callers');
  });

  it('says that it has no proxy, whatever else is known', () => {
    expect(told(card({ rps: 2.38 }, { meshed: false }))).toBe('2.38/s | no proxy');
    expect(told(card({ tcp: { openConnections: 2, bytesPerSecond: 9 } }, { meshed: false }))).toBe(
      '2 conns | no proxy',
    );
    expect(told(card({}, { meshed: false }))).toBe('no proxy');
  });
});

describe('cardFacts(card, calls, targets) of everything else', () => {
  it('does not say of a Service that has connections that it has no endpoints', () => {
    expect(told(card({ tcp: { openConnections: 2, bytesPerSecond: 9 } }, { type: 'service' }))).toBe(
      '2 conns',
    );
    expect(cardFacts(card({ unreachedRps: 1 }, { type: 'service' }), false, targets)).toEqual([
      [{ value: 'no endpoints', unit: '', tone: 'bad' }],
    ]);
    expect(told(card({ refusedRps: 0.5 }, { type: 'service' }))).toBe('0.50/s refused');
  });

  it('counts the hosts outside, without what an EgressNetwork stands for', () => {
    const nodes = [host('203.0.113.30:80'), host('tiles.example.org'), EGRESS];
    const outside = (traffic: Partial<CardTraffic>, of = nodes) =>
      told(card(traffic, { type: 'external', meshed: null, nodes: of }));
    expect(outside({ rps: 0.88 })).toBe('0.88/s to 2 hosts');
    expect(outside({ tcp: { openConnections: 2, bytesPerSecond: 5 } })).toBe('2 conns to 2 hosts');
    expect(outside({ refusedRps: 1 })).toBe('2 hosts');
    expect(outside({ refusedRps: 1 }, nodes.slice(2))).toBe('all refused');
  });

  it('says where a meshed peer is that is not in these metrics', () => {
    const peer = (node: Node, traffic: Partial<CardTraffic> = { rps: 3 }) =>
      told(card(traffic, { type: 'peer', meshed: null, nodes: [node] }));
    const account: Node = {
      type: 'external',
      id: 'external:identity/web.shop',
      what: 'identity',
      name: 'web.shop',
    };
    expect(peer(account)).toBe('3.00/s | not scraped');
    expect(peer(account, {})).toBe('not scraped');
    const remote = { ...account, id: 'external:remote/west/shop/deployment/api', what: 'remote' } as const;
    expect(peer(remote)).toBe('3.00/s | in west');
    expect(peer({ ...remote, id: 'external:remote/-/shop/deployment/api' })).toBe('3.00/s | elsewhere');
  });

  it('says what came from callers without a proxy', () => {
    const unmeshed = (traffic: Partial<CardTraffic>) => told(card(traffic, { type: 'unmeshed' }));
    expect(unmeshed({ rps: 16.4 })).toBe('16.4/s in');
    expect(unmeshed({ tcp: { openConnections: 2, bytesPerSecond: 5 } })).toBe('2 conns in');
    expect(unmeshed({ refusedRps: 0.5 })).toBe('0.50/s refused');
    expect(unmeshed({})).toBe('seen');
  });

  it('adds a folded namespace up, and counts its workloads', () => {
    const nodes = [workload('web'), workload('cart'), { ...workload('x'), type: 'service' } as Node];
    const folded = (traffic: Partial<CardTraffic>, calls = true) =>
      told(card(traffic, { type: 'folded', nodes }), calls);
    expect(folded({ rps: 12, successRate: 0.95, requests: 720, failures: 36 })).toBe(
      '12.0/s in | 95.0 % / 2 workloads',
    );
    expect(folded({ tcp: { openConnections: 2, bytesPerSecond: 5 } })).toBe('2 conns in / 2 workloads');
    expect(folded({}, false)).toBe('no traffic in / 2 workloads');
  });

  it('says that more can be shown, until something is off target', () => {
    const rest = (traffic: Partial<CardTraffic>) => card(traffic, { type: 'rest' });
    expect(told(rest({ rps: 12 }))).toBe('12.0/s | show them');
    expect(told(rest({ rps: 12, successRate: 0.95, requests: 720, failures: 36 }))).toBe('12.0/s | 95.0 %');
    expect(told(rest({}))).toBe('show them');
  });
});
