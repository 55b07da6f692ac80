// A scenario with names and addresses: pods, Services, identities. The same scenario always gives the same ones,
// and the same replacements.

import { workloadId } from '@latchwork/shared/node-id';
import { hashText } from './rng.ts';
import type { EgressNetwork, External, Scenario, Service, Workload } from './scenario/scenario.ts';

const TRUST = 'serviceaccount.identity.linkerd.cluster.local';
const ZONES = ['zone-a', 'zone-b'] as const;
/** One node in each zone. */
export const NODES = [
  { name: 'pier-one', zone: ZONES[0], ip: '192.168.40.11' },
  { name: 'pier-two', zone: ZONES[1], ip: '192.168.40.12' },
] as const;
/** What Kubernetes makes random names of: no vowels, no digits that look like letters. */
const NAME_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

export interface Pod {
  readonly namespace: string;
  readonly name: string;
  /** `namespace/name`. */
  readonly key: string;
  readonly ip: string;
  readonly zone: string;
  readonly workload: Workload;
  /** The workload's id in the contract. */
  readonly workloadId: string;
  readonly meshed: boolean;
  readonly weight: number;
  /** A number of its own, for what should differ between pods. */
  readonly ordinal: number;
  /** Its place among its siblings. */
  readonly index: number;
  /** How many pods had this place before. */
  readonly generation: number;
  /** Null without a proxy. */
  readonly identity: string | null;
  /** Of its ReplicaSet, StatefulSet or DaemonSet revision. */
  readonly hash: string;
  /** How often its proxy begins anew by itself; null for never. */
  readonly restartsEverySeconds: number | null;
  /** How long before the simulation it was made; null for a moment before, or since. */
  readonly ageDays: number | null;
}

/** The endpoint of a mirrored Service, and what it leads to. */
export interface Gateway {
  readonly ip: string;
  readonly port: number;
  readonly identity: string;
  readonly cluster: string;
  readonly service: string;
}

export interface ClusterService extends Service {
  /** Null for what is here. */
  readonly gateway: Gateway | null;
  readonly key: string;
  readonly fqdn: string;
  readonly clusterIp: string;
  readonly pods: readonly Pod[];
  readonly targetPort: number;
  readonly protocol: 'http' | 'grpc' | 'tcp';
}

export interface Cluster {
  readonly scenario: Scenario;
  readonly pods: readonly Pod[];
  readonly podsOf: ReadonlyMap<string, readonly Pod[]>;
  /** By `namespace/name`. */
  readonly services: ReadonlyMap<string, ClusterService>;
  readonly externals: ReadonlyMap<string, External>;
  readonly egressOf: ReadonlyMap<string, EgressNetwork>;
  /** The pod is gone for good; another one takes its place, with an address and mostly a name of its own. */
  replace(pod: Pod): Pod;
}

export function idOf(workload: Workload): string {
  return workloadId(workload.namespace, workload.kind, workload.name);
}

function identityOf(workload: Workload): string {
  return `${workload.name}.${workload.namespace}.${TRUST}`;
}

/** Letters as Kubernetes makes random names of; always the same for the same text. */
export function letters(text: string, length: number): string {
  let name = '';
  for (let i = 0; i < length; i++) name += NAME_LETTERS[hashText(`${text}#${i}`) % NAME_LETTERS.length];
  return name;
}

function podName(workload: Workload, hash: string, index: number, generation: number): string {
  const suffix = letters(`${idOf(workload)}/${index}${generation > 0 ? `/${generation}` : ''}`, 5);
  if (workload.kind === 'statefulset') return `${workload.name}-${index}`;
  if (workload.kind === 'deployment') return `${workload.name}-${hash}-${suffix}`;
  return `${workload.name}-${suffix}`;
}

function podIp({ template }: Workload, zone: number, ordinal: number, generation: number): string {
  const node = NODES[zone];
  if (template?.hostNetwork && node) return node.ip;
  // Addresses are not given out again soon.
  return `10.42.${zone + 1 + 2 * (generation % 120)}.${ordinal + 2}`;
}

function toPods(workloads: readonly Workload[]): Pod[] {
  const pods: Pod[] = [];
  for (const workload of workloads)
    for (const [index, replica] of workload.replicas.entries()) {
      const ordinal = pods.length;
      // Siblings sit in different zones; single pods alternate.
      const zone = workload.replicas.length > 1 ? index % 2 : ordinal % 2;
      const hash = letters(idOf(workload), 9);
      const name = podName(workload, hash, index, 0);
      pods.push({
        namespace: workload.namespace,
        name,
        key: `${workload.namespace}/${name}`,
        ip: podIp(workload, zone, ordinal, 0),
        zone: ZONES[zone] as string,
        workload,
        workloadId: idOf(workload),
        meshed: replica.meshed,
        weight: replica.weight ?? 1,
        ordinal,
        index,
        generation: 0,
        identity: replica.meshed ? identityOf(workload) : null,
        hash,
        restartsEverySeconds: replica.restartsEverySeconds ?? null,
        ageDays: replica.ageDays ?? null,
      });
    }
  return pods;
}

function successorOf(pod: Pod): Pod {
  const { workload, hash, index, ordinal, zone } = pod;
  const generation = pod.generation + 1;
  const name = podName(workload, hash, index, generation);
  return {
    ...pod,
    name,
    key: `${workload.namespace}/${name}`,
    ip: podIp(workload, ZONES.indexOf(zone as (typeof ZONES)[number]), ordinal, generation),
    generation,
    ageDays: null,
  };
}

function swap(pods: Pod[], old: Pod, next: Pod): void {
  pods[pods.indexOf(old)] = next;
}

function gatewayOf({ mirror }: Service, { farClusters }: Scenario): Gateway | null {
  if (!mirror) return null;
  const far = farClusters.find(({ name }) => name === mirror.cluster);
  if (!far) throw new Error(`unknown cluster: ${mirror.cluster}; name one of the scenario`);
  const identity = `linkerd-gateway.linkerd-multicluster.${TRUST}`;
  return { ...far.gateway, identity, cluster: far.name, service: mirror.service };
}

function toServices(scenario: Scenario, podsOf: Cluster['podsOf']): Map<string, ClusterService> {
  const named = new Set(scenario.services.map(({ namespace, name }) => `${namespace}/${name}`));
  const own = scenario.workloads
    .filter(({ namespace, name, listener }) => listener && !named.has(`${namespace}/${name}`))
    .map(({ namespace, name, listener }) => ({
      namespace,
      name,
      port: listener?.protocol === 'http' ? 80 : (listener?.port ?? 80),
      workload: name,
    }));
  const services = new Map<string, ClusterService>();
  const all: readonly Service[] = [...own, ...scenario.services];
  for (const service of all) {
    const workload = scenario.workloads.find(
      ({ namespace, name }) => namespace === service.namespace && name === service.workload,
    );
    services.set(`${service.namespace}/${service.name}`, {
      ...service,
      gateway: gatewayOf(service, scenario),
      key: `${service.namespace}/${service.name}`,
      fqdn: `${service.name}.${service.namespace}.svc.cluster.local`,
      clusterIp: `10.43.7.${services.size + 10}`,
      pods: workload ? (podsOf.get(idOf(workload)) ?? []) : [],
      targetPort: workload?.listener?.port ?? service.port,
      protocol: workload?.listener?.protocol ?? 'http',
    });
  }
  return services;
}

export function createCluster(scenario: Scenario): Cluster {
  const pods = toPods(scenario.workloads);
  const podsOf = new Map(
    scenario.workloads.map((workload) => [
      idOf(workload),
      pods.filter((pod) => pod.workloadId === idOf(workload)),
    ]),
  );
  return {
    scenario,
    pods,
    podsOf,
    services: toServices(scenario, podsOf),
    externals: new Map(scenario.externals.map((external) => [external.host, external])),
    egressOf: new Map(scenario.egressNetworks.map((network) => [network.namespace, network])),
    replace(pod) {
      if (!pods.includes(pod)) throw new Error(`no such pod: ${pod.key}; it was replaced before`);
      const next = successorOf(pod);
      swap(pods, pod, next);
      // Services share these lists.
      swap(podsOf.get(pod.workloadId) ?? [], pod, next);
      return next;
    },
  };
}
