// What Kubernetes says of routes: the objects that make them, and the Services that there are.

import { serviceId } from '@latchwork/shared/node-id';
import type {
  ObjectMeta,
  RouteObject,
  ServiceProfileObject,
  TrafficSplitObject,
} from '../../sources/kubernetes/watch/objects.ts';
import type { KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import { isSeenEverywhere } from '../cluster/reach.ts';

type ObjectName = Pick<ObjectMeta, 'namespace' | 'name'>;

export interface Routing {
  readonly routes: readonly { readonly kind: string; readonly group: string; readonly object: RouteObject }[];
  readonly profiles: readonly ServiceProfileObject[];
  readonly splits: readonly TrafficSplitObject[];
  readonly servers: readonly ObjectName[];
  readonly authorizations: readonly ObjectName[];
  /** Ids of all Services; null where not all of them can be listed. */
  readonly services: ReadonlySet<string> | null;
}

const GATEWAY = 'gateway.networking.k8s.io';

export function toRouting({ objects, parts }: Pick<KubernetesState, 'objects' | 'parts'>): Routing {
  const of = (kind: string, group: string, routes: readonly RouteObject[]) =>
    routes.map((object) => ({ kind, group, object }));
  return {
    routes: [
      ...of('HTTPRoute', 'policy.linkerd.io', objects.policyRoutes),
      ...of('HTTPRoute', GATEWAY, objects.gatewayRoutes),
      ...of('GRPCRoute', GATEWAY, objects.grpcRoutes),
      ...of('TCPRoute', GATEWAY, objects.tcpRoutes),
      ...of('TLSRoute', GATEWAY, objects.tlsRoutes),
    ],
    profiles: objects.serviceProfiles,
    splits: objects.trafficSplits,
    servers: objects.servers.map(({ meta }) => meta),
    authorizations: objects.authorizations.map(({ meta }) => meta),
    services: isSeenEverywhere(parts.services)
      ? new Set(objects.services.map(({ meta }) => serviceId(meta.namespace, meta.name)))
      : null,
  };
}
