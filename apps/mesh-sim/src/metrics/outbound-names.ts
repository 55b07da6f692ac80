// What a caller's proxy calls the things it talks to: parent, route and backend of a destination.

import type { Destination } from '../exchange.ts';
import type { ConnectionRoute, GrpcRoutes } from '../scenario/scenario.ts';
import type { ParentRef } from './labels.ts';

export interface OutboundNames {
  readonly parent: ParentRef;
  readonly route: Omit<ParentRef, 'port'>;
  readonly backend: ParentRef;
  /** Which families count its routes. */
  readonly protocol: 'http' | 'grpc' | 'tcp' | 'tls';
}

const GATEWAY_GROUP = 'gateway.networking.k8s.io';
const UNKNOWN_BACKEND: ParentRef = { group: '', kind: 'default', namespace: '', name: 'unknown', port: '' };

function standard(name: string): Omit<ParentRef, 'port'> {
  return { group: '', kind: 'default', namespace: '', name };
}

function serviceRef({ namespace, name, port }: { namespace: string; name: string; port: number }): ParentRef {
  return { group: 'core', kind: 'Service', namespace, name, port: String(port) };
}

/** What requests are called. */
export function requestNames(
  destination: Destination,
  ask: string,
  grpcRoutes: readonly GrpcRoutes[],
): OutboundNames {
  const named = { protocol: 'http' } as const;
  if (destination.type !== 'service') return { ...outsideNames(destination, 'http'), ...named };
  const { service } = destination;
  const base = serviceNames(destination);
  const { namespace } = service;
  const grpc = grpcRoutes
    .find((routes) => routes.service === service.key)
    ?.routes.find(({ asks }) => asks.includes(ask));
  if (grpc) return { ...base, route: gatewayRoute('GRPCRoute', namespace, grpc.name), protocol: 'grpc' };
  const route = service.split ? gatewayRoute('HTTPRoute', namespace, service.split.route) : standard('http');
  return { ...base, ...named, route };
}

/** What connections are called. */
export function connectionNames(
  destination: Exclude<Destination, { type: 'direct' }>,
  routes: readonly ConnectionRoute[],
): OutboundNames {
  if (destination.type === 'external') {
    const { network, external } = destination;
    const tls = routes.find(
      (one) =>
        one.kind === 'TLSRoute' &&
        one.network === `${network?.namespace}/${network?.name}` &&
        one.hosts.includes(external.host),
    );
    const named = outsideNames(destination, 'tcp');
    if (!tls || !network) return { ...named, protocol: 'tcp' };
    return { ...named, route: gatewayRoute('TLSRoute', network.namespace, tls.name), protocol: 'tls' };
  }
  const { service } = destination;
  const tcp = routes.find((one) => one.kind === 'TCPRoute' && one.service === service.key);
  const route = tcp ? gatewayRoute('TCPRoute', service.namespace, tcp.name) : standard('opaq');
  return { ...serviceNames(destination), route, protocol: 'tcp' };
}

type Names = Omit<OutboundNames, 'protocol'>;

function gatewayRoute(kind: string, namespace: string, name: string): Names['route'] {
  return { group: GATEWAY_GROUP, kind, namespace, name };
}

function serviceNames({
  service,
  backend,
}: Extract<Destination, { type: 'service' }>): Pick<Names, 'parent' | 'backend'> {
  return { parent: serviceRef(service), backend: serviceRef(backend) };
}

/** `layer` says which kind of egress route applies: to requests or to connections. */
function outsideNames(destination: Exclude<Destination, { type: 'service' }>, layer: 'http' | 'tcp'): Names {
  const network = destination.type === 'external' ? destination.network : null;
  if (destination.type === 'external' && network)
    return {
      parent: {
        group: 'policy.linkerd.io',
        kind: 'EgressNetwork',
        namespace: network.namespace,
        name: network.name,
        port: String(destination.external.port),
      },
      route: standard(`${layer}-egress-${network.allow ? 'allow' : 'deny'}`),
      backend: UNKNOWN_BACKEND,
    };
  const name = destination.type === 'direct' ? 'endpoint' : 'egress-fallback';
  return { parent: { ...standard(name), port: '' }, route: standard(name), backend: UNKNOWN_BACKEND };
}
