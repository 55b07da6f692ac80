// What a caller's proxy calls the things it talks to: parent, route and backend of a destination.

import type { Destination } from '../exchange.ts';
import type { GrpcRoutes } from '../scenario/scenario.ts';
import type { ParentRef } from './labels.ts';

export interface OutboundNames {
  readonly parent: ParentRef;
  readonly route: Omit<ParentRef, 'port'>;
  readonly backend: ParentRef;
  /** Which families count its routes. */
  readonly protocol: 'http' | 'grpc';
}

const GATEWAY_GROUP = 'gateway.networking.k8s.io';
const UNKNOWN_BACKEND: ParentRef = { group: '', kind: 'default', namespace: '', name: 'unknown', port: '' };

function standard(name: string): Omit<ParentRef, 'port'> {
  return { group: '', kind: 'default', namespace: '', name };
}

function serviceRef({ namespace, name, port }: { namespace: string; name: string; port: number }): ParentRef {
  return { group: 'core', kind: 'Service', namespace, name, port: String(port) };
}

/** `http` says which kind of egress route applies: to requests or to connections. */
export function outboundNames(
  destination: Destination,
  ask: string,
  grpcRoutes: readonly GrpcRoutes[],
  layer: 'http' | 'tcp' = 'http',
): OutboundNames {
  if (destination.type === 'direct')
    return {
      parent: { ...standard('endpoint'), port: '' },
      route: standard('endpoint'),
      backend: UNKNOWN_BACKEND,
      protocol: 'http',
    };
  if (destination.type === 'external') {
    const { network, external } = destination;
    if (!network)
      return {
        parent: { ...standard('egress-fallback'), port: '' },
        route: standard('egress-fallback'),
        backend: UNKNOWN_BACKEND,
        protocol: 'http',
      };
    return {
      parent: {
        group: 'policy.linkerd.io',
        kind: 'EgressNetwork',
        namespace: network.namespace,
        name: network.name,
        port: String(external.port),
      },
      route: standard(`${layer}-egress-${network.allow ? 'allow' : 'deny'}`),
      backend: UNKNOWN_BACKEND,
      protocol: 'http',
    };
  }
  const { service, backend } = destination;
  const base = { parent: serviceRef(service), backend: serviceRef(backend) };
  const { namespace } = service;
  if (layer === 'tcp') return { ...base, route: standard('opaq'), protocol: 'http' };
  const grpc = grpcRoutes
    .find((routes) => routes.service === service.key)
    ?.routes.find(({ asks }) => asks.includes(ask));
  if (grpc)
    return {
      ...base,
      route: { group: GATEWAY_GROUP, kind: 'GRPCRoute', namespace, name: grpc.name },
      protocol: 'grpc',
    };
  const route = service.split
    ? { group: GATEWAY_GROUP, kind: 'HTTPRoute', namespace, name: service.split.route }
    : standard('http');
  return { ...base, route, protocol: 'http' };
}
