// Routes of the Gateway API: how requests to a Service are divided, and which gRPC methods are told apart.

import type { Cluster } from '../../cluster.ts';
import { type KubeObject, toMetadata, toTime } from '../kube-object.ts';
import { acceptedParent, grpcMatch } from './route-parts.ts';
import type { Timeline } from './timeline.ts';

function route(
  kind: 'HTTPRoute' | 'GRPCRoute',
  name: string,
  service: { namespace: string; name: string; port: number },
  rule: object,
  atMs: number,
): KubeObject {
  const { namespace } = service;
  const parent = { group: '', kind: 'Service', name: service.name, port: service.port };
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind,
    metadata: {
      ...toMetadata({ kind: `${kind}.gateway`, namespace, name, atMs }),
      managedFields: [writtenAt(atMs)],
    },
    spec: { parentRefs: [parent], rules: [rule] },
    status: acceptedParent({ ...parent, group: 'core', namespace }, atMs, 'ResolvedRefs'),
  };
}

/** The API server notes who wrote the spec, and when. */
function writtenAt(atMs: number): object {
  return {
    manager: 'kubectl-client-side-apply',
    operation: 'Update',
    apiVersion: 'gateway.networking.k8s.io/v1',
    time: toTime(atMs),
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:spec': { '.': {}, 'f:parentRefs': {}, 'f:rules': {} } },
  };
}

export function toRoutes(cluster: Cluster, { workloadsMs }: Timeline): KubeObject[] {
  const backend = (name: string, port: number, weight: number) => ({
    group: '',
    kind: 'Service',
    name,
    port,
    weight,
  });
  const splits = [...cluster.services.values()].flatMap((service) => {
    const { split, port } = service;
    if (!split) return [];
    const backendRefs = split.backends.map((one) => backend(one.service, port, one.weight));
    return [route('HTTPRoute', split.route, service, { backendRefs }, workloadsMs)];
  });
  const grpc = cluster.scenario.grpcRoutes.flatMap(({ service: key, routes }) => {
    const service = cluster.services.get(key);
    if (!service) throw new Error(`unknown service: ${key}; name one of the scenario`);
    return routes.map(({ name, asks }) =>
      route(
        'GRPCRoute',
        name,
        service,
        { matches: asks.map(grpcMatch), backendRefs: [backend(service.name, service.port, 1)] },
        workloadsMs,
      ),
    );
  });
  return [...splits, ...grpc];
}
