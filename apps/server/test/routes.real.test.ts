// Routes of the recorded mesh through a real Prometheus, held against what Linkerd's own command line printed a moment later.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCollector } from '../src/feeds/collector/collector.ts';
import { ROUTE_WANTS } from '../src/feeds/collector/questions/routes.ts';
import { createRoutePastTopic } from '../src/feeds/route-past.ts';
import { toRoutes } from '../src/mesh/routes/routes.ts';
import { createPrometheusClient, type PrometheusClient } from '../src/sources/prometheus/client.ts';
import { type RecordedPrometheus, startRecordedPrometheus } from './inputs/recorded-prometheus.ts';

const WHOLE = { namespaces: [], noise: 'hide' } as const;

let prometheus: RecordedPrometheus;
let client: PrometheusClient;
const tiers: string[] = [];

beforeAll(async () => {
  prometheus = await startRecordedPrometheus();
  client = createPrometheusClient({ url: prometheus.url, observe: (tier) => tiers.push(tier) });
});
afterAll(async () => {
  await client?.close();
  await prometheus?.stop();
});

async function readRoutes(at: string) {
  const collector = createCollector({ client, matchers: [], defaultAtSeconds: null });
  try {
    const span = { windowSeconds: 60, atSeconds: Date.parse(at) / 1000 };
    return toRoutes(await collector.read(span, ROUTE_WANTS), WHOLE).routes;
  } finally {
    collector.close();
  }
}

describe('routes of the recording', () => {
  // `linkerd viz stat-outbound deploy/web -n storefront` at 15:48:35, for Services that nobody else calls.
  it('has the rates, shares and latencies that stat-outbound printed', async () => {
    const routes = await readRoutes('2026-11-23T15:48:35Z');
    const of = (parent: string, name: string) =>
      routes.find((route) => route.parent === parent && route.name === name);
    const cart = of('storefront/service/cart', 'http');
    expect(cart).toMatchObject({ kind: 'default', matches: null, timeouts: 0, finding: null });
    expect(cart?.golden?.rps).toBeCloseTo(3.75, 0);
    expect(cart?.golden?.successRate).toBe(1);
    const checkout = of('storefront/service/checkout', 'http') ?? of('fulfilment/service/checkout', 'http');
    expect(checkout?.golden?.successRate).toBeCloseTo(0.925, 1);
    const split = of('storefront/service/catalog', 'catalog-split');
    expect(split).toMatchObject({ kind: 'HTTPRoute', namespace: 'storefront' });
    expect(split?.backends.map(({ target }) => target).sort()).toEqual([
      'storefront/service/catalog-canary',
      'storefront/service/catalog-stable',
    ]);
    const [canary] = split?.backends.filter(({ target }) => target.endsWith('canary')) ?? [];
    expect(canary?.share ?? 0).toBeGreaterThan(0.09);
    expect(canary?.share ?? 1).toBeLessThan(0.35);
    expect(split?.backends.reduce((sum, { share }) => sum + (share ?? 0), 0)).toBeCloseTo(1);
  });

  // `linkerd viz routes svc -n storefront` at 15:53: what a ServiceProfile's route serves. Retries make its attempts more.
  it('has the routes of a ServiceProfile with their retries', async () => {
    const routes = await readRoutes('2026-11-23T15:53:45Z');
    const route = routes.find(({ name }) => name === 'GET /reviews/{id}');
    expect(route).toMatchObject({ kind: 'ServiceProfile', parent: 'storefront/service/reviews' });
    expect(route?.tried?.rps ?? 0).toBeGreaterThan(route?.golden?.rps ?? 0);
    expect(route?.tried?.rps ?? 0).toBeCloseTo(8.33, 0);
    expect(route?.tried?.successRate ?? 1).toBeLessThan(route?.golden?.successRate ?? 0);
    expect(route?.golden?.p95Ms ?? 0).toBeGreaterThan(100);
  });

  // gateway calls web in two namespaces: its proxy counts both under the one that it called first.
  it('keeps Services of one name in two namespaces apart', async () => {
    const routes = await readRoutes('2026-11-23T15:47:10Z');
    const [mine, other] = ['storefront', 'backoffice'].map((namespace) =>
      routes.filter(({ parent }) => parent === `${namespace}/service/web`),
    );
    expect(mine).toHaveLength(1);
    expect(other).toHaveLength(1);
    expect(mine?.[0]?.golden?.rps).toBeCloseTo(14.12, 1);
    expect(mine?.[0]?.golden?.successRate ?? 0).toBeGreaterThan(0.98);
    expect(other?.[0]?.golden?.rps).toBeCloseTo(0.3, 1);
    expect(mine?.[0]?.backends).toMatchObject([{ target: 'storefront/service/web', share: 1 }]);
    expect(mine?.[0]?.finding?.code).toBe('route-names-shared');
  });

  it('shows what never arrived, and what an EgressNetwork refused', async () => {
    const routes = await readRoutes('2026-11-23T15:47:10Z');
    const recommender = routes.find(({ parent }) => parent === 'storefront/service/recommender');
    expect(recommender?.golden?.successRate).toBe(0);
    const denied = routes.find(({ name }) => name === 'http-egress-deny');
    expect(denied).toMatchObject({ golden: null, refused: expect.any(Number) });
  });

  it('has the last hour of the backends of a route, with the share that they have now', async () => {
    const atSeconds = Date.parse('2026-11-23T15:53:45Z') / 1000;
    const topic = createRoutePastTopic({
      ...{ client, matchersOf: () => [], defaultAtSeconds: atSeconds, nowMs: () => atSeconds * 1000 },
    });
    const past = await topic({
      ...{ parent: 'storefront/service/catalog', kind: 'HTTPRoute' },
      ...{ namespace: 'storefront', name: 'catalog-split' },
    }).read();
    expect(past.backends.map(({ target }) => target)).toEqual([
      'storefront/service/catalog-canary',
      'storefront/service/catalog-stable',
    ]);
    const [canary, stable] = past.backends.map(({ rps }) => rps.at(-1) ?? 0);
    expect(canary).toBeGreaterThan(0.5);
    expect(stable).toBeGreaterThan(canary ?? 0);
    // The recording began a few minutes before: nothing is known of the time before.
    expect(past.backends[0]?.rps).toHaveLength(61);
    expect(past.backends[0]?.rps[0]).toBeNull();
  });

  it('asks six questions, and none while nobody looks at routes', async () => {
    tiers.length = 0;
    const collector = createCollector({ client, matchers: [], defaultAtSeconds: null });
    const span = { windowSeconds: 60, atSeconds: Date.parse('2026-11-23T15:47:10Z') / 1000 };
    await collector.read(span);
    const without = tiers.length;
    await collector.read({ ...span, windowSeconds: 120 }, ROUTE_WANTS);
    collector.close();
    const startUp = tiers.filter((tier) => tier === 'facts' || tier === 'silence').length;
    expect(tiers.length - without).toBeLessThanOrEqual(without - startUp + 6);
  });
});
