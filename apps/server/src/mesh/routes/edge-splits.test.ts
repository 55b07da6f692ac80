import type { Edge } from '@latchwork/shared/edge';
import { describe, expect, it } from 'vitest';
import {
  keepRoute,
  keepServiceProfile,
  keepTrafficSplit,
} from '../../sources/kubernetes/watch/keep-policy.ts';
import type { ServiceObject } from '../../sources/kubernetes/watch/objects.ts';
import { createEdgeSplits } from './edge-splits.ts';
import type { Routing } from './routing.ts';
import { type Split, toSplits } from './splits.ts';

const meta = (name: string, namespace = 'shop') => ({
  ...{ namespace, name, uid: name, createdAt: '', deleting: false },
  ...{ labels: { app: name }, annotations: {}, owner: null },
});
const service = (name: string, app = name) =>
  ({ meta: meta(name), selector: { app }, clusterIps: [] }) as unknown as ServiceObject;
const state = {
  objects: {
    services: [service('catalog', 'stable'), service('stable'), service('canary')],
    pods: [{ meta: meta('stable') }, { meta: meta('canary') }],
  },
};
const owners = {
  workloadOf: (pod: { meta: { name: string } }) => ({ id: `shop/deployment/${pod.meta.name}` }),
};

const ROUTE = {
  metadata: {
    namespace: 'shop',
    name: 'catalog-split',
    managedFields: [
      { time: '2026-11-23T15:40:00Z', fieldsV1: { 'f:spec': {} } },
      { time: '2026-11-23T15:47:10Z', fieldsV1: { 'f:spec': { 'f:rules': {} } } },
      { time: '2026-11-23T15:59:00Z', fieldsV1: { 'f:status': {} }, subresource: 'status' },
    ],
  },
  spec: {
    parentRefs: [{ group: '', kind: 'Service', name: 'catalog' }],
    rules: [
      {
        backendRefs: [
          { name: 'stable', weight: 4 },
          { name: 'canary', weight: 1 },
        ],
      },
    ],
  },
};

function splitsOf(
  routes: readonly object[],
  profiles: readonly object[] = [],
  splits: readonly object[] = [],
): Split[] {
  const routing: Routing = {
    routes: routes.map((object) => ({ kind: 'HTTPRoute', group: '', object: keepRoute(object as never) })),
    profiles: profiles.map((object) => keepServiceProfile(object as never)),
    splits: splits.map((object) => keepTrafficSplit(object as never)),
    ...{ servers: [], authorizations: [], services: null },
  };
  return toSplits(routing, state as never, owners as never);
}

const edge = (source: string, target: string, requests: number) =>
  ({ source: `shop/deployment/${source}`, target: `shop/deployment/${target}`, http: { requests } }) as Edge;

function saidOf(splits: readonly Split[], edges: readonly Edge[]) {
  const splitOf = createEdgeSplits(splits, edges);
  return edges.map((one) => splitOf(one));
}

describe('createEdgeSplits(splits, edges)', () => {
  it('has the weight beside the share of the same caller, and since when it stands', () => {
    const edges = [edge('front', 'stable', 70), edge('front', 'canary', 30), edge('back', 'canary', 9)];
    const [stable, canary, other] = saidOf(splitsOf([ROUTE]), edges);
    expect(stable).toEqual({
      parent: 'shop/service/catalog',
      route: { kind: 'HTTPRoute', namespace: 'shop', name: 'catalog-split' },
      ...{ weight: 0.8, share: 0.7, requests: 100, since: '2026-11-23T15:47:10Z' },
    });
    expect(canary).toMatchObject({ weight: 0.2, share: 0.3 });
    expect(other).toMatchObject({ weight: 0.2, share: 1, requests: 9 });
  });

  it('says nothing of other targets, of routes with several rules, and of one backend', () => {
    const edges = [edge('front', 'canary', 30), edge('front', 'search', 30)];
    const [rule] = ROUTE.spec.rules;
    const several = { ...ROUTE, spec: { ...ROUTE.spec, rules: [rule, rule] } };
    const single = { ...ROUTE, spec: { ...ROUTE.spec, rules: [{ backendRefs: [{ name: 'canary' }] }] } };
    expect(saidOf(splitsOf([ROUTE]), edges)[1]).toBeUndefined();
    expect(saidOf(splitsOf([several, single]), edges)).toEqual([undefined, undefined]);
  });

  it('says nothing where two routes divide, or one workload is behind both backends', () => {
    const edges = [edge('front', 'canary', 30), edge('front', 'stable', 30)];
    const other = { ...ROUTE, metadata: { ...ROUTE.metadata, name: 'other' } };
    const alike = {
      ...ROUTE,
      spec: { ...ROUTE.spec, rules: [{ backendRefs: [{ name: 'stable' }, { name: 'catalog' }] }] },
    };
    expect(saidOf(splitsOf([ROUTE, other]), edges)).toEqual([undefined, undefined]);
    expect(saidOf(splitsOf([alike]), edges)).toEqual([undefined, undefined]);
  });

  it("a consumer's route holds for callers of its own namespace alone, and before the producer's", () => {
    const consumer = {
      metadata: { namespace: 'team', name: 'mine' },
      spec: {
        parentRefs: [{ group: '', kind: 'Service', name: 'catalog', namespace: 'shop' }],
        rules: [
          {
            backendRefs: [
              { name: 'stable', namespace: 'shop', weight: 1 },
              { name: 'canary', namespace: 'shop', weight: 1 },
            ],
          },
        ],
      },
    };
    const mine = { ...edge('front', 'canary', 5), source: 'team/deployment/front' };
    const [ours, theirs] = saidOf(splitsOf([ROUTE, consumer]), [mine, edge('front', 'canary', 30)]);
    expect([ours?.weight, theirs?.weight]).toEqual([0.5, 0.2]);
  });

  it('reads the overrides of a ServiceProfile, and has no share without requests', () => {
    const profile = {
      metadata: { namespace: 'shop', name: 'catalog.shop.svc.cluster.local' },
      spec: {
        dstOverrides: [
          { authority: 'stable.shop.svc.cluster.local:80', weight: '900m' },
          { authority: 'canary.shop.svc.cluster.local:80', weight: '100m' },
        ],
      },
    };
    const idle = { ...edge('front', 'canary', 0), http: null };
    const [said] = saidOf(splitsOf([], [profile]), [idle]);
    expect(said).toMatchObject({ weight: 0.1, share: null, requests: 0, since: null });
    expect(said?.route.kind).toBe('ServiceProfile');
  });

  it.each([
    ['v1alpha1', '900m', '100m'],
    ['v1alpha2', 90, 10],
  ])('reads a TrafficSplit of %s, unless a ServiceProfile carries it out', (_, stable, canary) => {
    const split = {
      metadata: { namespace: 'shop', name: 'catalog-rollout' },
      spec: {
        service: 'catalog',
        backends: [
          { service: 'stable', weight: stable },
          { service: 'canary', weight: canary },
        ],
      },
    };
    const [said] = saidOf(splitsOf([], [], [split]), [
      edge('front', 'canary', 30),
      edge('front', 'stable', 90),
    ]);
    expect(said).toMatchObject({ weight: 0.1, share: 0.25, route: { kind: 'TrafficSplit' } });
    const overrides = [{ authority: 'stable.shop.svc.cluster.local', weight: 1 }];
    const carrier = {
      metadata: { namespace: 'shop', name: 'catalog.shop.svc.cluster.local' },
      spec: { dstOverrides: [...overrides, { authority: 'canary.shop.svc.cluster.local', weight: 1 }] },
    };
    expect(splitsOf([], [carrier], [split]).map(({ route }) => route.kind)).toEqual(['ServiceProfile']);
    const some = { ...split, spec: { ...split.spec, matches: [{ kind: 'HTTPRouteGroup', name: 'beta' }] } };
    expect(splitsOf([], [], [some])).toEqual([]);
  });
});
