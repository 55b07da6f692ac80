// The cluster that the API shows and the mesh that metrics show are one: same pods, addresses, identities and names of policies.

import { beforeAll, describe, expect, it } from 'vitest';
import { createCluster } from '../../cluster.ts';
import { httpSd } from '../../http-sd.ts';
import { ferryLine } from '../../scenario/ferry-line.ts';
import { Scrapes } from '../../scrapes.ts';
import { parseSelector } from '../../selector.ts';
import { World } from '../../world.ts';
import { RESOURCES } from '../resources.ts';
import { toClusterObjects } from './cluster-objects.ts';

const NOW_MS = Date.UTC(2026, 10, 24, 12, 0, 0);

let world: World;
let objects: Shape[];
let pages: string;

interface Container {
  readonly name: string;
  readonly env: readonly { readonly name: string; readonly value: string }[];
}

/** The fields that are looked at here, whatever the kind. */
interface Shape {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly creationTimestamp: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly ownerReferences: readonly {
      readonly kind: string;
      readonly name: string;
      readonly uid: string;
    }[];
    readonly managedFields: readonly { readonly time: string }[];
  };
  readonly spec: {
    readonly selector: Readonly<Record<string, string>>;
    readonly serviceAccountName: string;
    readonly hostNetwork?: boolean;
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
  };
  readonly status: {
    readonly phase: string;
    readonly podIP: string;
    readonly containerStatuses: readonly {
      readonly restartCount: number;
      readonly state: { readonly running: { readonly startedAt: string } };
    }[];
  };
  readonly subsets?: readonly { readonly addresses: readonly { readonly ip: string }[] }[];
}

function toShapes(of: World): Shape[] {
  return toClusterObjects(of) as unknown as Shape[];
}

function ofKind(kind: string, group = ''): Shape[] {
  return objects.filter(
    (one) => one.kind === kind && (group === '' || one.apiVersion.startsWith(`${group}/`)),
  );
}

function only<T>(found: readonly T[]): T {
  const [one] = found;
  if (one === undefined) throw new Error('nothing was found');
  return one;
}

function names(kind: string, group = ''): string[] {
  return ofKind(kind, group).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
}

/** The values of a label in every page, as `namespace/value`. */
function printed(pattern: RegExp): Set<string> {
  const found = new Set<string>();
  for (const [key, proxy] of world.proxies)
    for (const match of proxy.page(NOW_MS).matchAll(pattern)) found.add(`${key.split('/')[0]}/${match[1]}`);
  return found;
}

beforeAll(() => {
  world = new World({ cluster: createCluster(ferryLine), seed: 1, startedAtMs: NOW_MS - 120_000 });
  world.advanceTo(NOW_MS);
  objects = toShapes(world);
  pages = [...world.proxies.values()].map((proxy) => proxy.page(NOW_MS)).join('\n');
});

describe('toClusterObjects(world)', () => {
  it('has every proxy that Prometheus finds as a running meshed pod, and no other', () => {
    const targets = httpSd(world.cluster.pods, {
      partOf: ferryLine.name,
      address: 'here:1',
      scrapes: new Scrapes(),
    });
    const found = targets.map(
      ({ labels }) => `${labels['namespace']}/${labels['pod']} ${labels['instance']}`,
    );
    const meshed = ofKind('Pod').filter(
      ({ metadata, status }) =>
        metadata.labels['linkerd.io/control-plane-ns'] === 'linkerd' && status.phase === 'Running',
    );
    expect(
      meshed.map(({ metadata, status }) => `${metadata.namespace}/${metadata.name} ${status.podIP}:4191`),
    ).toEqual(found);
    expect(found.length).toBeGreaterThan(18);
  });

  it('leads from every pod to its workload', () => {
    const uids = new Map(objects.map(({ metadata }) => [metadata.uid, metadata]));
    for (const { metadata } of ofKind('Pod')) {
      const [owner] = metadata.ownerReferences;
      expect(uids.get(owner?.uid ?? ''), metadata.name).toMatchObject({
        name: owner?.name,
        namespace: metadata.namespace,
      });
    }
    const sweep = ofKind('Job').filter(({ metadata }) => metadata.name.startsWith('refund-sweep-'));
    expect(sweep.map(({ metadata }) => metadata.ownerReferences[0]?.kind)).toEqual(['CronJob', 'CronJob']);
  });

  it('gives proxies the identities that metrics print', () => {
    for (const { metadata, spec } of ofKind('Pod')) {
      const proxy = [...(spec.initContainers ?? []), ...spec.containers].find(
        ({ name }) => name === 'linkerd-proxy',
      );
      if (!proxy) continue;
      const named = proxy.env.filter(({ name }) => name === 'LINKERD2_PROXY_IDENTITY_LOCAL_NAME');
      const identity = only(named)
        .value.replace('$(_pod_sa)', spec.serviceAccountName)
        .replace('$(_pod_ns)', metadata.namespace);
      const pod = world.cluster.pods.find(({ key }) => key === `${metadata.namespace}/${metadata.name}`);
      if (pod) expect(identity).toBe(pod.identity);
    }
    const inContainers = ofKind('Pod').filter(({ spec }) =>
      spec.containers.some(({ name }) => name === 'linkerd-proxy'),
    );
    expect(inContainers.map(({ spec }) => spec.serviceAccountName)).toEqual(['ledger', 'linkerd-identity']);
  });

  it('has every Server, route and authorization that a proxy names', () => {
    const servers = printed(/srv_kind="server",srv_name="([^"]+)"/g);
    expect([...servers].sort()).toEqual([
      'booking/seats-http',
      'booking/tickets-http',
      'harbour/weather-http',
    ]);
    expect(names('Server')).toEqual(expect.arrayContaining([...servers]));
    const routes = printed(/route_kind="HTTPRoute",route_name="(seats-[^"]+)"/g);
    expect([...routes].sort()).toEqual(['booking/seats-hold', 'booking/seats-lookup']);
    expect(names('HTTPRoute', 'policy.linkerd.io').sort()).toEqual([...routes].sort());
    const authorizations = printed(/authz_kind="authorizationpolicy",authz_name="([^"]+)"/g);
    expect(authorizations.size).toBe(3);
    expect(names('AuthorizationPolicy')).toEqual(expect.arrayContaining([...authorizations]));
    const limits = printed(/ratelimit_kind="HTTPLocalRateLimitPolicy",ratelimit_name="([^"]+)"/g);
    expect(names('HTTPLocalRateLimitPolicy')).toEqual([...limits]);
  });

  it('has every Service, route and network that a proxy sends to', () => {
    const own = (pattern: RegExp) =>
      new Set([...pages.matchAll(pattern)].map((match) => `${match[1]}/${match[2]}`));
    const services = own(/parent_kind="Service",parent_namespace="([^"]+)",parent_name="([^"]+)"/g);
    expect(services).toContain('harbour/souvenirs');
    expect(names('Service')).toEqual(expect.arrayContaining([...services]));
    const grpc = own(/route_kind="GRPCRoute",route_namespace="([^"]+)",route_name="([^"]+)"/g);
    expect(names('GRPCRoute').sort()).toEqual([...grpc].sort());
    const split = own(/route_kind="HTTPRoute",route_namespace="([^"]+)",route_name="([^"]+)"/g);
    expect(names('HTTPRoute', 'gateway.networking.k8s.io')).toEqual([...split]);
    const networks = own(/parent_kind="EgressNetwork",parent_namespace="([^"]+)",parent_name="([^"]+)"/g);
    expect(names('EgressNetwork').sort()).toEqual([...networks].sort());
  });

  it('selects with every Service the pods that its traffic goes to', () => {
    for (const { metadata, spec } of ofKind('Service')) {
      const service = world.cluster.services.get(`${metadata.namespace}/${metadata.name}`);
      if (!service) continue;
      const selector = Object.entries(spec.selector).map(([key, value]) => `${key}=${value}`);
      const isSelected = parseSelector(selector.join(','));
      const running = ofKind('Pod').filter(
        (pod) =>
          pod.metadata.namespace === metadata.namespace &&
          pod.status.phase === 'Running' &&
          isSelected(pod.metadata.labels),
      );
      const ips = running.map(({ status }) => status.podIP);
      expect(ips, metadata.name).toEqual(service.pods.map(({ ip }) => ip));
      const endpoints = ofKind('Endpoints').filter(
        (one) => one.metadata.name === metadata.name && one.metadata.namespace === metadata.namespace,
      );
      const addresses = (only(endpoints).subsets ?? []).flatMap(({ addresses: all }) => all);
      expect(addresses.map(({ ip }) => ip)).toEqual(ips);
    }
  });

  it('tells the reasons apart for which a pod has no proxy', () => {
    const pod = (name: string) => ofKind('Pod').filter(({ spec }) => spec.serviceAccountName === name);
    const positions = pod('positions')
      .map(({ metadata }) => metadata.creationTimestamp)
      .sort();
    const fleet = only(ofKind('Namespace').filter(({ metadata }) => metadata.name === 'fleet')).metadata;
    expect(fleet.annotations['linkerd.io/inject']).toBe('enabled');
    const annotatedAt = only(fleet.managedFields).time;
    expect(positions.map((created) => created < annotatedAt)).toEqual([true, false]);
    expect(only(pod('gift-cards')).metadata.creationTimestamp > annotatedAt).toBe(true);
    expect(only(pod('loudspeaker')).metadata.annotations).toEqual({ 'linkerd.io/inject': 'disabled' });
    expect(pod('pier-camera').map(({ spec }) => spec.hostNetwork)).toEqual([true, true]);
    expect(pod('pier-camera').map(({ status }) => status.podIP)).toEqual(['192.168.40.11', '192.168.40.12']);
    expect(
      pod('crew')
        .map(({ status }) => status.phase)
        .sort(),
    ).toEqual(['Pending', 'Running']);
    expect(pod('refund-sweep').map(({ status }) => status.phase)).toEqual(['Succeeded', 'Failed']);
  });

  it('keeps every object under a kind that is served, and one uid for each', () => {
    const kinds = new Set(RESOURCES.map(({ group, versions, kind }) => `${group} ${versions[0]} ${kind}`));
    for (const { apiVersion, kind } of objects) {
      const [version, group = ''] = apiVersion.split('/').reverse();
      expect(kinds).toContain(`${group} ${version} ${kind}`);
    }
    expect(new Set(objects.map(({ metadata }) => metadata.uid)).size).toBe(objects.length);
  });

  it('says of a pod what happened to it', () => {
    const again = new World({ cluster: createCluster(ferryLine), seed: 1, startedAtMs: NOW_MS - 1_000 });
    const [ledger] = again.cluster.podsOf.get('booking/statefulset/ledger') ?? [];
    if (!ledger) throw new Error('no pod of ledger');
    const read = () =>
      only(toShapes(again).filter(({ metadata, kind }) => kind === 'Pod' && metadata.name === 'ledger-0'));
    const before = read();
    again.restart(ledger, NOW_MS);
    const restarted = read();
    expect(restarted.metadata).toEqual(before.metadata);
    expect(restarted.status.containerStatuses.map(({ restartCount }) => restartCount)).toEqual([1, 1]);
    expect(only(restarted.status.containerStatuses).state.running.startedAt).toBe('2026-11-24T12:00:00Z');
    again.replace(ledger, NOW_MS);
    const replaced = read();
    expect(replaced.metadata.uid).not.toBe(before.metadata.uid);
    expect(replaced.status.podIP).not.toBe(before.status.podIP);
    expect(only(replaced.status.containerStatuses).restartCount).toBe(0);
  });
});
