// Endpoints of other clusters, behind Services that reach there: no label says so, and their workloads have the names of those
// here. Seen by pods that no series here knows, the networks they are in, and the names that Linkerd gives to such Services. Pure.
// https://linkerd.io/2/features/multicluster/

import {
  DST_OWNER_LABELS,
  OWN_OWNER_LABELS,
} from '../../sources/prometheus/questions/owners/owner-labels.ts';
import { escaped } from '../../sources/prometheus/questions/promql.ts';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import { networkOf, networkWords } from './network.ts';
import { calledService, createIsHere, serviceKey } from './pod-places.ts';

export interface Elsewhere {
  /** Of the names of Services that have such endpoints, as a pattern; null where there are only some behind gateways. */
  readonly reaching: string | null;
  /** `namespace/name` of a Service that leads to the gateway of another cluster → what it stands for there. */
  readonly mirrored: ReadonlyMap<string, MirroredService>;
  /** Of an endpoint whose pod is not known here: its cluster, by name where that is known; null where it may be one of here. */
  clusterOf(endpoint: Labels): Place | null;
}

export interface MirroredService {
  readonly cluster: string;
  /** As they are called there. */
  readonly namespace: string;
  readonly service: string;
}

export interface Place {
  /** Null where nobody knows it. */
  readonly cluster: string | null;
  /** False for a network that stands in the place of a name. */
  readonly isNamed: boolean;
}

/** All endpoints behind Services, so that a new one can be told; and which of them are elsewhere. */
export interface CalledServices {
  readonly names: ReadonlySet<string>;
  readonly elsewhere: Elsewhere | null;
}

interface Endpoint {
  readonly namespace: string;
  readonly service: string;
  readonly owner: string;
  readonly network: string;
  readonly isMeshed: boolean;
  readonly isHere: boolean;
  /** Another one of this store that has the pod. */
  readonly cluster: string | null;
}

const FEDERATED = /-federated$/;
/** What Services beside one another are called within one cluster, too. */
const OF_ONE_CLUSTER =
  /^(canary|stable|primary|preview|active|blue|green|v\d.*|headless|internal|external|public|grpc|http|rw|ro|r)$/;
/** Of more Services a question would be too long. */
const MOST_SERVICES = 60;

/**
 * `called`: endpoints behind Services; `here`: the pods of this store, without which nothing can be told. `others`: pods of
 * other clusters that the same store holds, by what tells the clusters apart.
 */
export function toCalledServices(
  called: readonly Sample[],
  here: readonly Sample[],
  others: ReadonlyMap<string, readonly Sample[]> = new Map(),
): CalledServices {
  const names = new Set(called.map(({ labels }) => calledService(labels)));
  const mirrored = toMirrored(called);
  const pods = toPodsElsewhere(
    called.filter(({ labels }) => labels['dst_pod']),
    here,
    others,
  );
  if (pods === null && mirrored.size === 0) return { names, elsewhere: null };
  return { names, elsewhere: { ...(pods ?? NO_PODS), mirrored } };
}

type PodsElsewhere = Omit<Elsewhere, 'mirrored'>;
const NO_PODS: PodsElsewhere = { reaching: null, clusterOf: () => null };

function toMirrored(called: readonly Sample[]): Map<string, MirroredService> {
  return new Map(
    called.flatMap(({ labels }) => {
      const { dst_target_cluster: cluster, dst_target_service: service } = labels;
      const namespace = labels['dst_target_service_namespace'] || labels['dst_namespace'];
      if (!cluster || !service || !namespace || labels['dst_pod']) return [];
      return [[calledService(labels), { cluster, namespace, service }] as const];
    }),
  );
}

function toPodsElsewhere(
  called: readonly Sample[],
  here: readonly Sample[],
  others: ReadonlyMap<string, readonly Sample[]>,
): PodsElsewhere | null {
  if (here.length === 0) return null;
  const isHere = createIsHere(here);
  const owned = new Set(here.flatMap(({ labels }) => ownerOf(labels, 'namespace', OWN_OWNER_LABELS) ?? []));
  const known = [...others].map(([cluster, pods]) => ({ cluster, has: createIsHere(pods) }));
  const endpoints = called.map(({ labels }) => ({
    ...toEndpoint(labels),
    isHere: isHere(labels),
    cluster: known.find(({ has }) => has(labels))?.cluster ?? null,
  }));
  // Where no endpoint can be found among the pods of here, they go by other names, and nothing can be told.
  if (!endpoints.some(({ isHere, cluster }) => isHere || cluster !== null)) return null;
  const networks = new Set([
    ...here.map(({ labels }) => networkOf(labels['instance'] ?? '')),
    ...endpoints.filter((one) => one.isHere).map(({ network }) => network),
  ]);
  return toElsewhere(endpoints, { networks, owned });
}

interface Here {
  readonly networks: ReadonlySet<string>;
  /** Workloads that have pods here. */
  readonly owned: ReadonlySet<string>;
}

function toElsewhere(endpoints: readonly Endpoint[], here: Here): PodsElsewhere | null {
  const mirrorOf = toMirrors(endpoints);
  const away = endpoints.filter((one) => !one.isHere && isElsewhere(one, { endpoints, here, mirrorOf }));
  if (away.length === 0) return null;
  const named = new Map<string, string>();
  for (const one of away) {
    const cluster = one.cluster ?? mirrorOf(one);
    if (cluster !== null) named.set(one.network, cluster);
  }
  const unnamed = new Set(away.map(({ network }) => network).filter((network) => !named.has(network)));
  function placeOf(network: string): Place {
    const name = named.get(network);
    if (name !== undefined) return { cluster: name, isNamed: true };
    return { cluster: unnamed.size > 1 && network !== '' ? networkWords(network) : null, isNamed: false };
  }
  const known = new Set(away.map(({ namespace, service, network }) => `${namespace}/${service} ${network}`));
  const services = [...new Set(away.map(({ service }) => service))];
  return {
    reaching: toPattern(services),
    clusterOf(labels) {
      const network = networkOf(labels['target_addr'] ?? '');
      const isNew = FEDERATED.test(labels['dst_service'] ?? '') && !here.networks.has(network);
      if (!known.has(`${calledService(labels)} ${network}`) && !isNew) return null;
      return placeOf(network);
    },
  };
}

interface Sight {
  readonly endpoints: readonly Endpoint[];
  readonly here: Here;
  readonly mirrorOf: (endpoint: Endpoint) => string | null;
}

/** Of an endpoint that no series here knows, which may as well be one that is not scraped. */
function isElsewhere(endpoint: Endpoint, { endpoints, here, mirrorOf }: Sight): boolean {
  const { namespace, service, owner, network, isMeshed, cluster } = endpoint;
  if (cluster !== null) return true;
  const isFar = network !== '' && !here.networks.has(network);
  if (FEDERATED.test(service)) {
    // Beside some that are far, a near one is new here.
    const others = endpoints.filter((one) => one.namespace === namespace && one.service === service);
    return isFar || !others.some((one) => !one.isHere && !here.networks.has(one.network));
  }
  if (mirrorOf(endpoint) !== null) return isFar || here.owned.has(owner);
  return isFar && isMeshed && here.owned.has(owner);
}

/** `api-west` beside `api`, none of whose endpoints are here: Linkerd names a mirrored Service so. */
function toMirrors(endpoints: readonly Endpoint[]): (endpoint: Endpoint) => string | null {
  const services = new Set(endpoints.map(({ namespace, service }) => serviceKey(namespace, service)));
  const isHere = new Set(
    endpoints.filter((one) => one.isHere).map(({ namespace, service }) => serviceKey(namespace, service)),
  );
  return ({ namespace, service, owner }) => {
    if (FEDERATED.test(service) || isHere.has(serviceKey(namespace, service))) return null;
    const name = owner.slice(owner.lastIndexOf('/') + 1);
    for (let at = service.indexOf('-'); at > 0; at = service.indexOf('-', at + 1)) {
      const base = service.slice(0, at);
      const suffix = service.slice(at + 1);
      if (suffix === '' || OF_ONE_CLUSTER.test(suffix)) continue;
      if (base === name || services.has(`${namespace}/${base}`)) return suffix;
    }
    return null;
  };
}

function toEndpoint(labels: Labels): Omit<Endpoint, 'isHere' | 'cluster'> {
  const { dst_namespace: namespace = '', dst_service: service = '', target_addr } = labels;
  return {
    namespace,
    service,
    owner: ownerOf(labels, 'dst_namespace', DST_OWNER_LABELS) ?? '',
    network: networkOf(target_addr ?? ''),
    isMeshed: Boolean(labels['dst_control_plane_ns']),
  };
}

function ownerOf(
  labels: Labels,
  namespace: string,
  kinds: readonly (readonly [string, string])[],
): string | null {
  const [label, kind] = kinds.find(([name]) => labels[name]) ?? [];
  return label && kind ? `${labels[namespace] ?? ''}/${kind}/${labels[label]}` : null;
}

function toPattern(services: readonly string[]): string {
  const others = services.filter((name) => !FEDERATED.test(name)).sort();
  const names = others.slice(0, MOST_SERVICES).map(escaped);
  return ['.+-federated', ...names].join('|');
}
