// What a request of its own pod changes in a proxy.

import type { Pod } from '../cluster.ts';
import { type Exchange, isSuccess } from '../exchange.ts';
import type { GrpcRoutes } from '../scenario/scenario.ts';
import type { Balancer } from './balancers.ts';
import {
  applicationLabels,
  type NameTexts,
  type OutboundFamilies,
  outboundEndpointLabels,
} from './outbound-families.ts';
import { type OutboundNames, requestNames } from './outbound-names.ts';
import type { OutboundRoute } from './outbound-routes.ts';
import type { Policies } from './policy.ts';
import type { RequestFlow, Requests } from './requests.ts';
import type { Connections, Transport } from './transport.ts';

const HEADER_BYTES = 110;
/** A pool without mTLS is HTTP/1: connections come and go. */
const REQUESTS_PER_CONNECTION = 7;
/** An application keeps this many connections to its proxy for one destination. */
const APPLICATION_CONNECTIONS = 2;
const GRPC_NAMES: Record<number, string> = {
  0: 'OK',
  2: 'UNKNOWN',
  4: 'DEADLINE_EXCEEDED',
  5: 'NOT_FOUND',
  7: 'PERMISSION_DENIED',
  9: 'FAILED_PRECONDITION',
  13: 'INTERNAL',
  14: 'UNAVAILABLE',
  15: 'DATA_LOSS',
};

interface Endpoint {
  readonly labels: string;
  readonly flow: RequestFlow;
  readonly connections: Connections;
  requests: number;
}

interface Route {
  readonly route: OutboundRoute;
  readonly backend: OutboundRoute;
  readonly balancer: Balancer | null;
  readonly application: Connections;
}

export interface OutboundRequestsOptions {
  readonly pod: Pod;
  readonly outbound: OutboundFamilies;
  readonly transport: Transport;
  readonly requests: Requests;
  readonly policies: Policies;
  readonly grpcRoutes: readonly GrpcRoutes[];
}

export class OutboundRequests {
  readonly #options: OutboundRequestsOptions;
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #routes = new Map<string, Route>();
  /** By pod: its pools, whatever they were called. */
  readonly #pools = new Map<string, Set<Connections>>();
  requestCount = 0;

  constructor(options: OutboundRequestsOptions) {
    this.#options = options;
  }

  exchange(exchange: Exchange): void {
    const { pod, outbound, policies } = this.#options;
    const { destination, target, outcome, status, grpcStatus, clientMs, requestBytes, responseBytes } =
      exchange;
    this.requestCount++;
    const names = requestNames(destination, exchange.ask, this.#options.grpcRoutes);
    const { route, backend, balancer, application } = this.#route(exchange, names);
    application.move(requestBytes + HEADER_BYTES, responseBytes + HEADER_BYTES);
    const seconds = clientMs / 1000;
    const error = outcome === 'fail-fast' ? 'FAIL_FAST' : outcome === 'load-shed' ? 'LOAD_SHED' : '';
    const answer = {
      status:
        names.protocol === 'grpc'
          ? `grpc_status="${GRPC_NAMES[grpcStatus ?? 2] ?? 'UNKNOWN'}"`
          : `http_status="${status ?? ''}"`,
      error,
      requestBytes,
      responseBytes,
      seconds,
    };
    route.complete(answer);
    if (outcome === 'load-shed') {
      policies.outboundError('loadshed').add(1);
      return;
    }
    if (outcome === 'fail-fast') {
      backend.complete({ ...answer, seconds: 0.0002 });
      balancer?.queued(seconds);
      balancer?.failFast((exchange.atMs + clientMs) / 1000);
      policies.outboundError('failfast').add(1);
      return;
    }
    if (outcome === 'egress-denied') {
      this.#requestFlowAtZero(exchange);
      policies.outboundError('unexpected').add(1);
      return;
    }
    if (status === null) return;
    backend.complete(answer);
    balancer?.queued(0.0002 + (this.requestCount % 5) * 0.0004);
    const endpoint = this.#endpoint(exchange);
    this.#connect(exchange, endpoint);
    endpoint.flow.answer(status, clientMs);
    endpoint.flow.finish({ status, grpcStatus, success: isSuccess(exchange) });
    const [read, written] = [responseBytes + HEADER_BYTES, requestBytes + HEADER_BYTES];
    endpoint.connections.move(read, written);
    outbound.moved(target, pod, destination.type === 'direct', written, read);
  }

  /** Its address is in use no more. Links see that for themselves: they are told where they lead. */
  lost({ key }: Pod): void {
    for (const connections of this.#pools.get(key) ?? []) connections.close();
    this.#pools.delete(key);
    for (const place of this.#endpoints.keys())
      if (place.split(' ')[1] === key) this.#endpoints.delete(place);
  }

  #pool(target: Pod | null, labels: string): Connections {
    const connections = this.#options.transport.connections(`direction="outbound",peer="dst",${labels}`);
    if (!target) return connections;
    const pools = this.#pools.get(target.key) ?? new Set();
    this.#pools.set(target.key, pools.add(connections));
    return connections;
  }

  #route(exchange: Exchange, names: OutboundNames): Route {
    const { pod, outbound, transport } = this.#options;
    const { destination, target, port, atMs } = exchange;
    const asked = destination.type === 'service' ? destination.service.key : exchange.authority;
    const backendKey = destination.type === 'service' ? destination.backend.key : '';
    const key = `${asked} ${backendKey} ${names.route.name}`;
    const known = this.#routes.get(key);
    if (known) return known;
    const texts = outbound.texts(names);
    const routes = names.protocol === 'grpc' ? outbound.grpcRoutes : outbound.httpRoutes;
    const application = transport.connections(applicationLabels(destination, target, port));
    if (application.openCount === 0) this.#connectApplication(exchange, application, texts);
    const route = {
      route: routes.route(`${texts.parent},${texts.route}`),
      backend: routes.backend(`${texts.parent},${texts.route},${texts.backend}`),
      balancer: outbound.balancer('http', destination, texts, atMs),
      application,
    };
    this.#routes.set(key, route);
    if (destination.type === 'service' && destination.service.split) this.#warmUp(exchange, pod);
    return route;
  }

  #connectApplication(exchange: Exchange, application: Connections, texts: NameTexts): void {
    const { outbound } = this.#options;
    const grpc = exchange.destination.type === 'service' && exchange.protocol === 'grpc';
    const count = exchange.destination.type === 'direct' ? 1 : APPLICATION_CONNECTIONS;
    application.open(count);
    outbound.protocols.connected(grpc ? 'http/2' : 'detect', texts.parent, count);
    if (grpc) return;
    for (let i = 0; i < count; i++) outbound.detection.detected(texts.parent, 'http/1');
  }

  /** Before it knows the HTTPRoute, a proxy connects to the Service's own pods: a pool that never gets a request. */
  #warmUp({ destination }: Exchange, pod: Pod): void {
    const { requests } = this.#options;
    if (destination.type !== 'service') return;
    const { service } = destination;
    for (const target of service.pods) {
      const direct = { type: 'service', service, backend: service } as const;
      const labels = outboundEndpointLabels(pod, direct, target, service.targetPort, target.meshed);
      requests.flow(`direction="outbound",${labels}`);
      const connections = this.#pool(target, labels);
      if (connections.openCount === 0) connections.open();
    }
  }

  #requestFlowAtZero({ destination, target, port, secured }: Exchange): void {
    const { pod, requests } = this.#options;
    requests.flow(`direction="outbound",${outboundEndpointLabels(pod, destination, target, port, secured)}`);
  }

  #endpoint(exchange: Exchange): Endpoint {
    const { pod, requests } = this.#options;
    const { destination, target, port, secured } = exchange;
    const backend = destination.type === 'service' ? destination.backend.key : exchange.authority;
    const place = `${backend} ${target?.key ?? ''} ${port}`;
    const known = this.#endpoints.get(`${place} ${secured}`);
    if (known) return known;
    // Discovery changed its mind about this pod: the old pool is drained.
    this.#endpoints.get(`${place} ${!secured}`)?.connections.close();
    this.#endpoints.delete(`${place} ${!secured}`);
    const labels = outboundEndpointLabels(pod, destination, target, port, secured);
    const endpoint: Endpoint = {
      labels,
      flow: requests.flow(`direction="outbound",${labels}`),
      connections: this.#pool(target, labels),
      requests: 0,
    };
    this.#endpoints.set(`${place} ${secured}`, endpoint);
    return endpoint;
  }

  #connect({ secured, destination }: Exchange, endpoint: Endpoint): void {
    endpoint.requests++;
    if (endpoint.connections.openCount === 0) endpoint.connections.open();
    else if (!secured && destination.type !== 'direct' && endpoint.requests % REQUESTS_PER_CONNECTION === 0)
      endpoint.connections.pass();
  }
}
