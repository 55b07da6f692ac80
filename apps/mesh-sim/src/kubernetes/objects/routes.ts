// Routes of the Gateway API: how requests to a Service are divided, which gRPC methods are told apart, which connections.

import type { Cluster, ClusterService } from '../../cluster.ts';
import type { Switches } from '../../switches.ts';
import { type KubeObject, toMetadata, toTime } from '../kube-object.ts';
import { acceptedParent, grpcMatch } from './route-parts.ts';
import type { Timeline } from './timeline.ts';

interface Made {
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly parent: {
    readonly group: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
    readonly port?: number;
  };
  readonly hostnames?: readonly string[];
  readonly rule: object;
  readonly atMs: number;
  /** When its spec was written last; absent: when it was made. */
  readonly writtenMs?: number;
}

function toRoute({ version, kind, name, parent, hostnames, rule, atMs, writtenMs }: Made): KubeObject {
  const { namespace, ...parentRef } = parent;
  return {
    apiVersion: `gateway.networking.k8s.io/${version}`,
    kind,
    metadata: {
      ...toMetadata({ kind: `${kind}.gateway`, namespace, name, atMs }),
      managedFields: [writtenAt(version, writtenMs ?? atMs)],
    },
    spec: { parentRefs: [parentRef], ...(hostnames ? { hostnames } : {}), rules: [rule] },
    status: acceptedParent({ ...parent, group: parent.group || 'core' }, atMs, 'ResolvedRefs'),
  };
}

function route(
  kind: 'HTTPRoute' | 'GRPCRoute' | 'TCPRoute',
  name: string,
  { namespace, name: service, port }: { namespace: string; name: string; port: number },
  rule: object,
  at: Pick<Made, 'atMs' | 'writtenMs'>,
): KubeObject {
  const version = kind === 'TCPRoute' ? 'v1alpha2' : 'v1';
  const parent = { group: '', kind: 'Service', namespace, name: service, port };
  return toRoute({ version, kind, name, parent, rule, ...at });
}

/** The API server notes who wrote the spec, and when. */
function writtenAt(version: string, atMs: number): object {
  return {
    manager: 'kubectl-client-side-apply',
    operation: 'Update',
    apiVersion: `gateway.networking.k8s.io/${version}`,
    time: toTime(atMs),
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:spec': { '.': {}, 'f:parentRefs': {}, 'f:rules': {} } },
  };
}

function serviceOf(cluster: Cluster, key: string): ClusterService {
  const service = cluster.services.get(key);
  if (!service) throw new Error(`unknown service: ${key}; name one of the scenario`);
  return service;
}

export function toRoutes(cluster: Cluster, { workloadsMs }: Timeline, switches: Switches): KubeObject[] {
  const backend = (name: string, port: number, weight: number) => ({
    group: '',
    kind: 'Service',
    name,
    port,
    weight,
  });
  const splits = [...cluster.services.values()].flatMap((service) => {
    const { port } = service;
    const split = switches.splitOf(service);
    if (!split) return [];
    const backendRefs = split.backends.map((one) => backend(one.service, port, one.weight));
    return [
      route(
        'HTTPRoute',
        split.route,
        service,
        { backendRefs },
        {
          atMs: workloadsMs,
          writtenMs: split.atMs ?? workloadsMs,
        },
      ),
    ];
  });
  const grpc = cluster.scenario.grpcRoutes.flatMap(({ service: key, routes }) => {
    const service = serviceOf(cluster, key);
    return routes.map(({ name, asks }) =>
      route(
        'GRPCRoute',
        name,
        service,
        { matches: asks.map(grpcMatch), backendRefs: [backend(service.name, service.port, 1)] },
        { atMs: workloadsMs },
      ),
    );
  });
  const connections = cluster.scenario.connectionRoutes.map((one) => {
    if (one.kind === 'TLSRoute') {
      const [namespace = '', name = ''] = one.network.split('/');
      const network = { group: 'policy.linkerd.io', kind: 'EgressNetwork', name };
      const parent = { ...network, namespace, port: 443 };
      const made = { version: 'v1alpha3', kind: one.kind, name: one.name, atMs: workloadsMs };
      return toRoute({ ...made, parent, hostnames: one.hosts, rule: { backendRefs: [network] } });
    }
    const service = serviceOf(cluster, one.service);
    const rule = { backendRefs: [backend(service.name, service.port, 1)] };
    return route(one.kind, one.name, service, rule, { atMs: workloadsMs });
  });
  return [...splits, ...grpc, ...connections];
}
