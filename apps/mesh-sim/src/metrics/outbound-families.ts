// The outbound families that requests and connections share, and how they name what they reach.

import type { ClusterService, Gateway, Pod } from '../cluster.ts';
import type { Destination } from '../exchange.ts';
import { type Balancer, Balancers } from './balancers.ts';
import { Detection } from './detection.ts';
import {
  backendLabels,
  endpointLabels,
  LOOPBACK,
  outboundRouteLabels,
  parentLabels,
  serverTlsLabels,
  targetLabels,
} from './labels.ts';
import { MergedNames } from './merged-names.ts';
import type { OutboundNames } from './outbound-names.ts';
import { OutboundRoutes } from './outbound-routes.ts';
import { OutboundConnectionRoutes, OutboundProtocols, TransferCost } from './outbound-tcp.ts';

const QUEUE_TIMEOUT_SECONDS = 3;

export interface NameTexts {
  readonly parent: string;
  readonly route: string;
  readonly backend: string;
}

export class OutboundFamilies {
  readonly protocols = new OutboundProtocols();
  readonly detection = new Detection('outbound');
  readonly httpRoutes = new OutboundRoutes('http');
  readonly httpBalancers = new Balancers('outbound_http_balancer');
  readonly grpcRoutes = new OutboundRoutes('grpc');
  readonly tcpBalancers = new Balancers('outbound_tcp_balancer');
  readonly tcpRoutes = new OutboundConnectionRoutes('tcp');
  readonly tlsRoutes = new OutboundConnectionRoutes('tls');
  readonly cost = new TransferCost();
  readonly #names = new MergedNames();
  readonly #balancers = new Map<string, { balancer: Balancer; ready: number; members: Set<string> }>();

  get families() {
    return [
      ...this.protocols.families,
      ...this.detection.families,
      ...this.httpRoutes.families,
      ...this.httpBalancers.families,
      ...this.grpcRoutes.families,
      ...this.tcpBalancers.families,
      ...this.tcpRoutes.families,
      ...this.tlsRoutes.families,
      ...this.cost.families,
    ];
  }

  texts({ parent, route, backend }: OutboundNames): NameTexts {
    return {
      parent: parentLabels(this.#names.first('parent', parent)),
      route: outboundRouteLabels(this.#names.first('route', route)),
      backend: backendLabels(this.#names.first('backend', backend)),
    };
  }

  /** Null where nothing is balanced: outside, and pods called by their address. */
  balancer(
    layer: 'http' | 'tcp',
    destination: Destination,
    { parent, backend }: NameTexts,
    atMs: number,
  ): Balancer | null {
    if (destination.type !== 'service') return null;
    const balancers = layer === 'http' ? this.httpBalancers : this.tcpBalancers;
    const address = `${destination.service.fqdn}:${destination.service.port}`;
    const text = `${parent},${backend}${layer === 'tcp' ? `,logical="${address}",concrete="${address}"` : ''}`;
    const pods = destination.backend.gateway ? 1 : destination.backend.pods.length;
    let known = this.#balancers.get(text);
    if (!known) {
      const openedAtSeconds = atMs / 1000;
      const state = { ready: pods, openedAtSeconds, timeoutSeconds: QUEUE_TIMEOUT_SECONDS };
      known = { balancer: balancers.balancer(text, state), ready: pods, members: new Set() };
      this.#balancers.set(text, known);
    } else if (!known.members.has(destination.backend.key)) {
      known.ready += pods;
      known.balancer.resize(known.ready);
    }
    known.members.add(destination.backend.key);
    return known.balancer;
  }

  moved(target: Pod | null, source: Pod, direct: boolean, sentBytes: number, receivedBytes: number): void {
    const locality = !target || direct ? 'Unknown' : target.zone === source.zone ? 'Local' : 'Remote';
    this.cost.moved(locality, sentBytes, receivedBytes);
  }
}

/** How the proxy names an endpoint: authority, address, TLS and what discovery knows. */
export function outboundEndpointLabels(
  source: Pod,
  destination: Destination,
  target: Pod | null,
  port: number,
  secured: boolean,
): string {
  const backend = destination.type === 'service' ? destination.backend : null;
  if (backend?.gateway) return gatewayLabels(backend, backend.gateway, secured);
  const ip = target?.ip ?? (destination.type === 'external' ? destination.external.ip : '');
  return [
    ...(backend ? [`authority="${backend.fqdn}${backend.port === 80 ? '' : `:${backend.port}`}"`] : []),
    targetLabels(ip, port),
    serverTlsLabels(target, secured),
    ...(target ? [endpointLabels(target, backend, source.zone)] : []),
  ].join(',');
}

/** Of the gateway as an endpoint: of what is behind it, discovery says which Service it is. */
function gatewayLabels(
  { fqdn, namespace, name }: ClusterService,
  { ip, port, identity, cluster, service }: Gateway,
  secured: boolean,
): string {
  const tls = secured ? `tls="true",server_id="${identity}"` : serverTlsLabels(null, false);
  const there = `dst_target_cluster="${cluster}",dst_target_service="${service}",dst_target_service_namespace="${namespace}"`;
  return `authority="${fqdn}",${targetLabels(ip, port)},${tls},dst_namespace="${namespace}",dst_service="${name}",${there}`;
}

/** The side of the proxy that its own application is connected to: the address before it was resolved. */
export function applicationLabels(destination: Destination, target: Pod | null, port: number): string {
  const [ip, asked] =
    destination.type === 'service'
      ? [destination.service.clusterIp, destination.service.port]
      : [destination.type === 'external' ? destination.external.ip : (target?.ip ?? ''), port];
  return `direction="outbound",peer="src",${targetLabels(ip, asked)},${LOOPBACK}`;
}
