// The side of a proxy that faces its callers: what a request or connection to its pod changes.

import { admissionOf, flowAdmissionOf } from '../admission.ts';
import type { Pod } from '../cluster.ts';
import { type Exchange, type Flow, isSuccess } from '../exchange.ts';
import { ADMIN_PORT, PROXY_PORT } from '../ports.ts';
import { Detection } from './detection.ts';
import type { Cell } from './exposition.ts';
import { type InboundRoute, InboundRoutes } from './inbound-routes.ts';
import { clientTlsLabels, LOOPBACK, policyLabels, serverLabels, targetLabels } from './labels.ts';
import type { Policies } from './policy.ts';
import type { RequestFlow, Requests } from './requests.ts';
import type { Connections, Transport } from './transport.ts';

/** Callers without a proxy reconnect about once in so many requests, and keep this many connections. */
const REQUESTS_PER_CONNECTION = 20;
const KEPT_CONNECTIONS = 6;
const HEADER_BYTES = 110;

interface Client {
  readonly connections: Connections;
  readonly flow: RequestFlow | null;
  readonly allowed: Cell | null;
  readonly route: InboundRoute | null;
  requests: number;
}

export class InboundSide {
  readonly detection = new Detection('inbound');
  readonly routes = new InboundRoutes();
  readonly #transport: Transport;
  readonly #requests: Requests;
  readonly #policies: Policies;
  readonly #clients = new Map<string, Client>();
  /** By pod: what each of its connections, once open, is counted under. */
  readonly #contacts = new Map<string, Map<number, () => void>>();
  requestCount = 0;

  constructor(transport: Transport, requests: Requests, policies: Policies) {
    this.#transport = transport;
    this.#requests = requests;
    this.#policies = policies;
  }

  lost({ key }: Pod): void {
    for (const close of this.#contacts.get(key)?.values() ?? []) close();
    this.#contacts.delete(key);
  }

  /** False: it was here before. */
  #meet({ key }: Pod, port: number, close: () => void): boolean {
    const ports = this.#contacts.get(key) ?? new Map<number, () => void>();
    if (ports.has(port)) return false;
    this.#contacts.set(key, ports.set(port, close));
    return true;
  }

  exchange(exchange: Exchange): void {
    const { target, port, outcome, status, grpcStatus, serverMs, requestBytes, responseBytes } = exchange;
    if (!target || status === null) return;
    this.requestCount++;
    const client = this.#client(exchange, target);
    this.#connect(exchange, client);
    client.requests++;
    client.connections.move(requestBytes + HEADER_BYTES, responseBytes + HEADER_BYTES);
    if (!client.flow) {
      this.#refuse(exchange, target);
      return;
    }
    client.allowed?.add(1);
    if (outcome === 'rate-limited') {
      this.#refuse(exchange, target);
      return;
    }
    client.flow.answer(status, serverMs);
    client.flow.finish({ status, grpcStatus, success: isSuccess(exchange) });
    client.route?.complete({ status, requestBytes, responseBytes, seconds: serverMs / 1000 });
    if (port !== ADMIN_PORT) this.#loopback(exchange);
  }

  flow(flow: Flow): void {
    const { target, port, source, secured, held, opened, readBytes, writtenBytes } = flow;
    if (!target) return;
    const { server, authorization } = flowAdmissionOf(flow);
    const tls = clientTlsLabels({ type: 'pod', pod: source }, secured);
    const at = targetLabels(target.ip, port);
    const srv = serverLabels(server, port);
    const outer = this.#transport.connections(`direction="inbound",peer="src",${at},${tls},${srv}`);
    const inner = this.#transport.connections(`direction="inbound",peer="dst",${LOOPBACK}`);
    const isNew = this.#meet(source, port, () => {
      outer.close(held);
      inner.close(held);
    });
    const connected = opened + (isNew ? held : 0);
    if (isNew) {
      outer.open(held);
      inner.open(held);
    }
    outer.pass(opened);
    inner.pass(opened);
    // The client reads what the server writes.
    outer.move(writtenBytes, readBytes);
    inner.move(readBytes, writtenBytes);
    this.#policies.tcpAllowed(`${at},${srv},${policyLabels('authz', authorization)},${tls}`).add(connected);
    if (secured)
      for (let i = 0; i < connected; i++) this.routes.transportHeader('', port, source.identity ?? '');
  }

  #client(exchange: Exchange, target: Pod): Client {
    const { caller, port, secured, outcome } = exchange;
    const { server, route, authorization } = admissionOf(exchange);
    const admitted = outcome !== 'denied' && outcome !== 'route-not-found';
    const tls = clientTlsLabels(caller, secured);
    const key = `${port} ${route.name} ${admitted} ${tls}`;
    const known = this.#clients.get(key);
    if (known) return known;
    const at = targetLabels(port === ADMIN_PORT ? '0.0.0.0' : target.ip, port);
    const srv = serverLabels(server, port);
    const admission = `${policyLabels('route', route)},${policyLabels('authz', authorization)}`;
    const parent = `parent_group="${server.group}",parent_kind="${server.kind}",parent_name="${server.name}",parent_port="${port}"`;
    const client: Client = {
      connections: this.#transport.connections(`direction="inbound",peer="src",${at},${tls},${srv}`),
      flow: admitted ? this.#requests.flow(`direction="inbound",${at},${tls},${srv},${admission}`) : null,
      allowed: admitted ? this.#policies.httpAllowed(`${at},${srv},${admission},${tls}`) : null,
      route:
        admitted && port !== ADMIN_PORT
          ? this.routes.route(`${parent},${policyLabels('route', route)}`)
          : null,
      requests: 0,
    };
    this.#clients.set(key, client);
    return client;
  }

  #connect(exchange: Exchange, client: Client): void {
    const { caller, port, secured } = exchange;
    const detect = (result: 'http/1' | 'http/2') => {
      const { server } = admissionOf(exchange);
      // A Server says what its port speaks: nothing to detect.
      if (server.kind === 'default') this.detection.detected(serverLabels(server, port), result);
    };
    if (caller.type === 'kubelet') {
      // Every probe is a connection of its own.
      client.connections.pass();
      detect('http/1');
      return;
    }
    if (caller.type === 'pod' && secured) {
      if (!this.#meet(caller.pod, port, () => client.connections.close(1))) return;
      client.connections.open();
      if (port === ADMIN_PORT) detect('http/2');
      else this.routes.transportHeader('http/2', port, caller.pod.identity ?? '');
      return;
    }
    const fresh = client.requests < KEPT_CONNECTIONS;
    if (!fresh && client.requests % REQUESTS_PER_CONNECTION !== 0) return;
    if (fresh) client.connections.open();
    else client.connections.pass();
    if (caller.type !== 'proxy') detect('http/1');
  }

  #refuse(exchange: Exchange, target: Pod): void {
    const { outcome, caller, port, secured } = exchange;
    const { server, route } = admissionOf(exchange);
    const at = targetLabels(target.ip, port);
    const srv = serverLabels(server, port);
    const tls = clientTlsLabels(caller, secured);
    const policy = target.workload.listener?.policy;
    if (outcome === 'denied')
      this.#policies.httpDenied(`${at},${srv},${policyLabels('route', route)},${tls}`).add(1);
    if (outcome === 'route-not-found') this.#policies.routeNotFound(`${at},${srv},${tls}`).add(1);
    if (outcome === 'rate-limited' && policy?.type === 'rate') {
      const limit = `ratelimit_group="policy.linkerd.io",ratelimit_kind="HTTPLocalRateLimitPolicy",ratelimit_name="${policy.name}",ratelimit_scope="identity"`;
      this.#policies.rateLimited(`${at},${srv},${limit},${tls}`).add(1);
      const door = targetLabels(target.ip, secured ? PROXY_PORT : port);
      this.#policies.inboundError(`${door},${srv}`).add(1);
    }
  }

  #loopback({ requestBytes, responseBytes, caller }: Exchange): void {
    const inner = this.#transport.connections(`direction="inbound",peer="dst",${LOOPBACK}`);
    if (inner.openCount === 0) inner.open();
    else if (caller.type === 'kubelet' || this.requestCount % 30 === 0) inner.pass();
    inner.move(responseBytes + HEADER_BYTES, requestBytes + HEADER_BYTES);
  }
}
