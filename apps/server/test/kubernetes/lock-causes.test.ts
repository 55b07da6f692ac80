// Causes behind the recorded open locks, told apart by the objects: one test for each open edge of the recording.

import { describe, expect, it } from 'vitest';
import { createProbeRoutes } from '../../src/mesh/cluster/probe-route.ts';
import { toInventory } from '../../src/mesh/inventory/inventory.ts';
import { createLockCauses } from '../../src/mesh/lock/lock-cause.ts';
import { rawOf } from '../../src/sources/kubernetes/api/raw.ts';
import { recordedState } from './recorded-cluster.ts';

const state = recordedState();
const flat = (causes: ReturnType<ReturnType<typeof createLockCauses>>) =>
  causes.map(({ finding, certain }) => ({ ...finding, certain }));
const ask = createLockCauses(state, toInventory(state));
const causesOf = (question: Parameters<typeof ask>[0]) => flat(ask(question));
const summary = (question: Parameters<typeof causesOf>[0]) =>
  causesOf(question).map(({ code, certain }) => `${code}${certain ? '' : ' (perhaps)'}`);

describe('createLockCauses(the recorded cluster)', () => {
  it('names the one pod without a proxy behind a mixed lock', () => {
    const [cause, ...others] = causesOf({
      source: 'storefront/deployment/web',
      target: 'storefront/deployment/cart',
      ports: [8080],
    });
    expect(others).toEqual([]);
    expect(cause).toMatchObject({
      code: 'no-proxy:injector-missed',
      certain: true,
      pods: ['cart-x52v77zhr-p7lfd'],
    });
    expect(cause?.what).toContain('cart: 1 of 2 pods has no proxy');
  });

  it('says that nobody asked for a proxy where a whole namespace is not injected', () => {
    expect(
      summary({ source: 'fulfilment/deployment/orders', target: 'legacy/deployment/erp', ports: [8080] }),
    ).toEqual(['no-proxy:not-asked']);
  });

  it('names the port that skips the proxy of the target, and is sure of it only when the port is known', () => {
    const edge = { source: 'backoffice/daemonset/agent', target: 'fulfilment/deployment/shipping' };
    expect(summary({ ...edge, ports: [9102] })).toEqual(['skipped-inbound-port']);
    expect(summary({ ...edge, ports: null })).toEqual(['skipped-inbound-port (perhaps)']);
    expect(summary({ ...edge, ports: [8080] })).toEqual([]);
  });

  it('lists who could be behind the unmeshed callers of a load balancer', () => {
    const target = 'storefront/deployment/gateway';
    const causes = causesOf({ source: `unmeshed:${target}`, target, ports: null });
    expect(causes.map(({ code, certain }) => [code, certain])).toEqual([
      ['outside-callers', false],
      ['unmeshed-workloads', false],
    ]);
    expect(causes[1]?.what).toContain('legacy/batch');
  });

  it('knows a pod that is called by its address, and says nothing of an address that nobody has', () => {
    const erp = state.objects.pods.find(({ meta }) => meta.name.startsWith('erp-'));
    const source = 'fulfilment/deployment/orders';
    expect(summary({ source, target: `external:${erp?.ips[0]}:8080`, ports: null })).toEqual([
      'pod-by-address',
    ]);
    expect(summary({ source, target: 'external:203.0.113.10:443', ports: [443] })).toEqual([]);
  });

  it('says that a Service without a selector has endpoints made by hand', () => {
    const source = 'storefront/deployment/web';
    expect(summary({ source, target: 'default/service/kubernetes', ports: null })).toEqual([
      'hand-made-endpoints',
    ]);
    expect(summary({ source, target: 'storefront/service/recommender', ports: null })).toEqual([]);
  });

  it('names a caller that sends the port past its own proxy', () => {
    const changed = recordedState((kind, items) =>
      kind === 'pods'
        ? items.map((item) =>
            JSON.parse(
              JSON.stringify(item).replace(
                '"--outbound-ports-to-ignore","7000"',
                '"--outbound-ports-to-ignore","80"',
              ),
            ),
          )
        : items,
    );
    const target = 'storefront/deployment/catalog';
    const causes = flat(
      createLockCauses(changed, toInventory(changed))({ source: `unmeshed:${target}`, target, ports: null }),
    );
    expect(causes[0]).toMatchObject({ code: 'skipped-outbound-port', certain: false });
    expect(causes[0]?.what).toContain('fulfilment/orders');
  });

  it('tells a proxy of another control plane from no proxy', () => {
    const changed = recordedState((kind, items) =>
      kind === 'pods'
        ? items.map((item) => {
            const { name, labels } = rawOf(rawOf(item)['metadata']);
            if (String(name).startsWith('reviews-'))
              (labels as Record<string, string>)['linkerd.io/control-plane-ns'] = 'linkerd-two';
            return item;
          })
        : items,
    );
    const causes = flat(
      createLockCauses(
        changed,
        toInventory(changed),
      )({
        source: 'storefront/deployment/web',
        target: 'storefront/deployment/reviews',
        ports: null,
      }),
    );
    expect(causes.map(({ code }) => code)).toEqual(['other-control-plane']);
    expect(causes[0]?.evidence).toContain('linkerd-two, not linkerd');
  });
});

describe('createProbeRoutes(the recorded cluster)', () => {
  const health = {
    namespace: 'fulfilment',
    server: 'shipping-http',
    route: 'shipping-health',
    authorization: 'shipping-health',
    port: 8080,
  };

  it('knows the probes that have a route of their own', () => {
    expect(createProbeRoutes(state)(health)).toBe(true);
  });

  it.each([
    ['a route for callers', { ...health, route: 'shipping-quotes', authorization: 'shipping-quotes' }],
    ['a policy that asks for an identity', { ...health, authorization: 'shipping-quotes' }],
    ['another Server', { ...health, server: 'orders-http' }],
    ['another namespace', { ...health, namespace: 'storefront' }],
    ['a port without probes', { ...health, port: 9102 }],
    ['a route that does not exist', { ...health, route: 'default' }],
  ])('does not take %s for probes', (_, question) => {
    expect(createProbeRoutes(state)(question)).toBe(false);
  });

  it('does not take a route for probes that lets other requests through, too', () => {
    const wider = recordedState((kind, items) =>
      kind === 'policyRoutes'
        ? items.map((item) =>
            JSON.parse(JSON.stringify(item).replaceAll('"value":"/healthz"', '"value":"/"')),
          )
        : items,
    );
    expect(createProbeRoutes(wider)(health)).toBe(false);
  });
});
