import { describe, expect, it } from 'vitest';
import { sample } from '../../../test/inputs/fake-store.ts';
import { accountId, from, meshOf, WHOLE } from '../../../test/inputs/mesh-of.ts';
import { toRoutes } from '../routes/routes.ts';
import { toPolicies } from '../stat/policies.ts';
import { narrowedInventory, narrowedPolicies, narrowedRoutePast, narrowedRoutes } from './narrowed.ts';

const AT = '2026-11-23T15:00:00Z';
const RULE = { ...from('shop/web'), srv_kind: 'server', srv_name: 'web', decision: 'allowed' };

function clientsOf(...identities: string[]) {
  const policyDecisions = identities.map((client_id) => sample({ ...RULE, client_id }, 1));
  const [row] = narrowedPolicies(toPolicies(meshOf({ policyDecisions }), WHOLE), ['shop']).rows;
  return { named: row?.clients.map(({ identity }) => identity), more: row?.moreClients };
}

describe('narrowedPolicies(value, namespaces)', () => {
  it('counts callers of other namespaces without a name', () => {
    const front = accountId('front', 'shop');
    expect(clientsOf(front, accountId('ledger', 'bank'))).toEqual({ named: [front], more: 1 });
  });

  it('reads the namespace of an account that holds dots', () => {
    const own = accountId('ledger.bank', 'shop');
    expect(clientsOf(own, accountId('ledger.shop', 'bank'))).toEqual({ named: [own], more: 1 });
  });

  it('names nobody whose namespace is not told', () => {
    expect(clientsOf('spiffe://root.shop.example/ledger')).toEqual({ named: [], more: 1 });
  });
});

it('narrowedRoutePast(value, namespaces) names no backend of another namespace', () => {
  const backends = ['shop/service/web', 'bank/service/web'].map((target) => ({
    ...{ target, rps: [1], successRate: [1] },
  }));
  const past = { start: AT, stepSeconds: 60, backends };
  expect(narrowedRoutePast(past, ['shop']).backends.map(({ target }) => target)).toEqual([
    'shop/service/web',
    'elsewhere/2',
  ]);
});

it('narrowedInventory(value, namespaces) names no namespace but those', () => {
  const part = { state: 'denied' as const, since: AT, message: 'of bank', remedy: 'ask bank' };
  const value = {
    ...{ controlPlane: null, viz: null, namespaces: [], workloads: [] },
    proxies: [{ version: '1', pods: 3 }],
    parts: { pods: { ...part, namespaces: ['bank', 'shop'] }, jobs: part },
  };
  expect(narrowedInventory(value, ['shop'])).toEqual({
    ...value,
    proxies: [],
    parts: {
      pods: { ...part, message: null, remedy: null, namespaces: ['shop'] },
      jobs: { ...part, message: null, remedy: null },
    },
  });
});

it('narrowedRoutes(value, namespaces) tells nothing of what endpoints of others answered to everybody', () => {
  const value = toRoutes(meshOf({ routeRequests: [] }), WHOLE);
  const golden = {
    ...{ rps: 5, successRate: 1, requests: 300, failures: 0 },
    ...{ p50Ms: null, p95Ms: null, p99Ms: null },
  };
  const backends = ['shop', 'bank'].map((namespace) => ({
    ...{ target: `${namespace}/service/web`, weight: 0.5, share: 0.5, golden },
  }));
  const route = (kind: string) => ({
    ...{ id: kind, kind, group: '', namespace: 'shop', parent: 'shop/service/web', name: 'web', rule: 0 },
    ...{ matches: [], backends, golden: null, tried: null, retries: null, timeouts: null, refused: null },
    ...{ latencyBoundsMs: [], weightsSince: null, counts: 'requests' as const, finding: null },
  });
  const { routes } = narrowedRoutes({ ...value, routes: [route('ServiceProfile'), route('HTTPRoute')] }, [
    'shop',
  ]);
  expect(routes.map((one) => one.backends)).toEqual([
    [
      { target: 'shop/service/web', weight: 0.5, share: null, golden },
      { target: 'elsewhere/2', weight: 0.5, share: null, golden: null },
    ],
    // What a route of one's own sent there is one's own.
    [backends[0], { ...backends[1], target: 'elsewhere/2' }],
  ]);
});
