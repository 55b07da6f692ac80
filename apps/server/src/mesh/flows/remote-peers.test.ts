import { describe, expect, it } from 'vitest';
import { sample } from '../../../test/inputs/fake-store.ts';
import { toMirroredServices, toRemoteClusters } from '../cluster/remote-clusters.ts';
import { toCalledServices } from '../store/elsewhere.ts';
import { createRemotePeers, type KnownPods } from './remote-peers.ts';

const endpoint = (pod: string, target_addr: string) => ({
  ...{ dst_namespace: 'shop', dst_deployment: 'api', dst_service: 'api-federated' },
  ...{ dst_pod: pod, dst_control_plane_ns: 'linkerd', target_addr },
});
const HERE = endpoint('api-1', '10.21.1.5:8080');
const AWAY = endpoint('api-2', '10.22.1.6:8080');
const pods = [sample({ namespace: 'shop', deployment: 'api', pod: 'api-1', instance: '10.21.1.5:4191' }, 1)];
const { elsewhere } = toCalledServices([sample(HERE, 1), sample(AWAY, 1)], pods);

function idOf(labels: Readonly<Record<string, string>>, more: Partial<KnownPods> = {}) {
  return createRemotePeers({ elsewhere, pods, cluster: null, ...more })(labels)?.id ?? null;
}
const kubernetes = (known: readonly string[], clusters: readonly string[] = []) => ({
  pods: new Set(known),
  remoteClusters: new Map([['shop/api-federated', clusters]]),
  mirrored: new Map(),
});

describe('an endpoint of another cluster', () => {
  it('is one that neither series nor Kubernetes know', () => {
    expect(idOf(HERE)).toBeNull();
    expect(idOf(AWAY)).toBe('external:remote/-/shop/deployment/api');
    expect(idOf(AWAY, { cluster: kubernetes([]) })).toBe('external:remote/-/shop/deployment/api');
    expect(idOf(AWAY, { cluster: kubernetes(['shop/api-2']) })).toBeNull();
  });

  it('is not claimed where the store did not say which pods it has', () => {
    expect(idOf(AWAY, { pods: undefined })).toBeNull();
    expect(toCalledServices([sample(AWAY, 1)], []).elsewhere).toBeNull();
  });

  it('has the name of the one cluster that its Service reaches into', () => {
    const cluster = (names: readonly string[]) => ({ cluster: kubernetes([], names) });
    expect(idOf(AWAY, cluster(['west']))).toBe('external:remote/west/shop/deployment/api');
    expect(idOf(AWAY, cluster(['west', 'north']))).toBe('external:remote/-/shop/deployment/api');
  });
});

describe('a Service behind the gateway of another cluster', () => {
  const called = { dst_namespace: 'shop', dst_service: 'api-west' };
  const there = {
    dst_target_cluster: 'west',
    dst_target_service: 'api',
    dst_target_service_namespace: 'store',
  };
  const ID = 'external:remote/west/store/service/api';

  it('is known by what callers count of it', () => {
    const found = toCalledServices([sample(HERE, 1), sample({ ...called, ...there }, 1)], pods);
    expect(found.names).toContain('shop/api-west');
    expect(found.elsewhere?.reaching).toBeNull();
    expect(idOf(called, { elsewhere: found.elsewhere })).toBe(ID);
    expect(idOf(HERE, { elsewhere: found.elsewhere })).toBeNull();
    // A store that does not know its own pods knows these names all the same.
    expect(toCalledServices([sample({ ...called, ...there }, 1)], []).elsewhere?.mirrored.size).toBe(1);
  });

  it('is known by Kubernetes, also where nothing ever came through', () => {
    const mirrored = new Map([['shop/api-west', { cluster: 'west', namespace: 'store', service: 'api' }]]);
    const cluster = { ...kubernetes([]), mirrored };
    expect(idOf(called, { elsewhere: null, cluster })).toBe(ID);
    expect(idOf({ ...called, dst_deployment: 'api' }, { elsewhere: null, cluster })).toBeNull();
  });
});

describe('Services of the service mirror', () => {
  it('name the clusters that they reach into', () => {
    const service = (name: string, labels: object, annotations: object) => ({
      meta: { namespace: 'shop', name, labels, annotations },
    });
    const services = [
      service('api-west', { 'multicluster.linkerd.io/remote-discovery': 'west' }, {}),
      service('db-east', { 'mirror.linkerd.io/cluster-name': 'east' }, {}),
      service('api-federated', {}, { 'multicluster.linkerd.io/remote-discovery': 'api@west, api@north' }),
      service('api', {}, {}),
    ];
    const state = { objects: { services } } as unknown as Parameters<typeof toRemoteClusters>[0];
    expect([...toRemoteClusters(state)]).toEqual([
      ['shop/api-west', ['west']],
      ['shop/db-east', ['east']],
      ['shop/api-federated', ['west', 'north']],
    ]);
  });

  it('stand for a Service there, where they lead to a gateway', () => {
    const mirror = { 'mirror.linkerd.io/cluster-name': 'west', 'mirror.linkerd.io/mirrored-service': 'true' };
    const flat = { 'multicluster.linkerd.io/remote-discovery': 'west' };
    const service = (name: string, labels: object, annotations: object) => ({
      meta: { namespace: 'shop', name, labels, annotations },
    });
    const services = [
      service('api-west', mirror, { 'mirror.linkerd.io/remote-svc-fq-name': 'api.store.svc.cluster.local' }),
      service('db-west', mirror, {}),
      service('cache-west', { ...mirror, ...flat }, {}),
      service('probe-gateway-west', { 'mirror.linkerd.io/cluster-name': 'west' }, {}),
    ];
    const state = { objects: { services } } as unknown as Parameters<typeof toMirroredServices>[0];
    expect([...toMirroredServices(state)]).toEqual([
      ['shop/api-west', { cluster: 'west', namespace: 'store', service: 'api' }],
      ['shop/db-west', { cluster: 'west', namespace: 'shop', service: 'db' }],
    ]);
  });
});
