// One request and every request that it causes, from the crowd at the ingress down to the last database.

import type { Cluster, ClusterService, Pod } from '../cluster.ts';
import type { Caller, Destination, Exchange, Outcome } from '../exchange.ts';
import { isSuccess } from '../exchange.ts';
import { logNormal, pick, type Rng } from '../rng.ts';
import type { External } from '../scenario/scenario.ts';
import type { Switches } from '../switches.ts';
import type { Gate } from './gate.ts';

export interface CallContext {
  readonly cluster: Cluster;
  readonly switches: Switches;
  readonly gate: Gate;
  readonly rng: Rng;
  /** When a caller last waited in vain for a Service without pods, by `pod service`. */
  readonly lastFailFast: Map<string, number>;
  emit(exchange: Exchange): void;
}

interface Answer {
  readonly status: number | null;
  readonly grpcStatus: number | null;
  readonly ms: number;
}

const REFUSAL_MS = 0.6;
/** A proxy gives up on a queue without endpoints after this long; for a while after it does not even queue. */
const FAIL_FAST_MS = 3_000;
const LOAD_SHED_FOR_MS = 2_000;
const STATUS_OF = { denied: 403, 'route-not-found': 404, 'rate-limited': 429 } as const;
const GRPC_STATUS_OF = { denied: 7, 'route-not-found': 5, 'rate-limited': 14 } as const;
const OUTSIDE_LATENCY = { medianMs: 40, spread: 0.4 };

/** Sends one request. Null when the other end is idle by a switch: then nothing happened. */
export function call(
  context: CallContext,
  caller: Caller,
  to: string,
  ask: string,
  atMs: number,
  authority?: string,
): Answer | null {
  const external = context.cluster.externals.get(to);
  if (external) return callOutside(context, caller, external, ask, atMs);
  const service = context.cluster.services.get(to);
  if (!service) throw new Error(`unknown destination: ${to}; name a service or an external of the scenario`);
  return callService(context, caller, service, ask, atMs, authority);
}

function callService(
  context: CallContext,
  caller: Caller,
  service: ClusterService,
  ask: string,
  atMs: number,
  authority?: string,
): Answer | null {
  const { rng, switches, cluster } = context;
  const source = caller.type === 'pod' ? caller.pod : null;
  // Only a proxy reads HTTPRoutes; a caller without one lands on whatever the Service selects.
  const split = source?.meshed ? switches.splitOf(service) : null;
  const backend = split
    ? (cluster.services.get(`${service.namespace}/${pick(rng, split.backends).service}`) ?? service)
    : service;
  const base = {
    ...request(context, caller, service.protocol === 'grpc' ? 'grpc' : 'http', ask, atMs),
    authority: authority ?? withPort(service.fqdn, service.port),
    destination: { type: 'service', service, backend } satisfies Destination,
    port: backend.targetPort,
  };
  if (backend.gateway && !switches.gatewaysDown.has(backend.gateway.cluster))
    return throughGateway(context, base, backend);
  if (backend.pods.length === 0) return unreached(context, base, source, service);

  const target = pick(rng, backend.pods);
  if (switches.idle.has(target.workloadId)) return null;
  const unlocked = source?.meshed === true && switches.isUnlocked(source.workloadId, target.workloadId);
  const secured = source?.meshed === true && target.meshed && !unlocked;
  const arrives = target.meshed && !unlocked;
  const identity = secured ? (source?.identity ?? null) : null;
  const outcome: Outcome = arrives ? context.gate.decide(target, identity, ask, atMs) : 'answered';
  const answer =
    outcome === 'answered'
      ? serve(context, target, ask, atMs)
      : refusal(outcome as keyof typeof STATUS_OF, base.protocol, rng);
  const bytes = outcome === 'answered' ? bytesOf(target, ask) : { requestBytes: 0, responseBytes: 0 };
  const clientMs = answer.ms + 0.3 + rng.next() * 1.4;
  context.emit({
    ...base,
    ...bytes,
    target,
    secured,
    arrives,
    outcome,
    status: answer.status,
    grpcStatus: answer.grpcStatus,
    serverMs: answer.ms,
    clientMs,
  });
  return { ...answer, ms: clientMs };
}

function request({ rng }: CallContext, caller: Caller, protocol: 'http' | 'grpc', ask: string, atMs: number) {
  const [method = 'GET', template = '/'] = ask.split(' ');
  const path = template.replace('{id}', () => String(1 + Math.floor(rng.next() * 900)));
  return { atMs, caller, protocol, method, path, ask };
}

/** HTTP leaves the default port out of an authority. */
function withPort(host: string, port: number): string {
  return port === 80 ? host : `${host}:${port}`;
}

function bytesOf(target: Pod, ask: string) {
  const endpoint = target.workload.listener?.endpoints?.find((one) => one.ask === ask);
  return { requestBytes: endpoint?.requestBytes ?? 0, responseBytes: endpoint?.responseBytes ?? 250 };
}

/** Who answers behind the gateway of another cluster, nobody here sees. */
function throughGateway(
  { rng, emit }: Pick<CallContext, 'rng' | 'emit'>,
  base: Started,
  { gateway, mirror }: ClusterService,
): Answer {
  const ms = logNormal(rng, mirror?.medianMs ?? 20, 0.4);
  const status = rng.next() < (mirror?.failureShare ?? 0) ? 503 : 200;
  const secured = base.caller.type === 'pod' && base.caller.pod.meshed;
  emit({
    ...base,
    ...{ port: gateway?.port ?? base.port, target: null, secured, arrives: false, outcome: 'answered' },
    ...{ status, grpcStatus: null, serverMs: ms, clientMs: ms, requestBytes: 0, responseBytes: 640 },
  });
  return { status, grpcStatus: null, ms };
}

function refusal(outcome: keyof typeof STATUS_OF, protocol: 'http' | 'grpc', rng: Rng): Answer {
  const ms = REFUSAL_MS * (0.5 + rng.next());
  if (protocol === 'grpc') return { status: 200, grpcStatus: GRPC_STATUS_OF[outcome], ms };
  return { status: STATUS_OF[outcome], grpcStatus: null, ms };
}

function serve(context: CallContext, target: Pod, ask: string, atMs: number): Answer {
  const { rng, switches } = context;
  const { workload, workloadId } = target;
  const listener = workload.listener;
  const grpc = listener?.protocol === 'grpc';
  const latency = listener?.latency ?? { medianMs: 10, spread: 0.5 };
  const ownMs = logNormal(rng, latency.medianMs * (switches.slow.get(workloadId) ?? 1), latency.spread);
  const switched = switches.failing.get(workloadId);
  if (rng.next() < (switched ?? listener?.failureShare ?? 0)) {
    const codes = switched === undefined ? listener?.grpcCodes : undefined;
    const grpcStatus = grpc ? (codes ? pick(rng, codes).code : 14) : null;
    return { status: grpc ? 200 : 500, grpcStatus, ms: ownMs };
  }
  let waitedMs = 0;
  for (const next of listener?.endpoints?.find((one) => one.ask === ask)?.calls ?? []) {
    if (rng.next() >= next.chance) continue;
    const begunMs = atMs + ownMs / 2 + waitedMs;
    const answer = call(context, { type: 'pod', pod: target }, next.to, next.ask, begunMs);
    if (!answer) continue;
    waitedMs += answer.ms;
    if (!next.optional && !isSuccess(answer)) {
      return { status: grpc ? 200 : 502, grpcStatus: grpc ? 14 : null, ms: ownMs + waitedMs };
    }
  }
  return { status: 200, grpcStatus: grpc ? 0 : null, ms: ownMs + waitedMs };
}

type Started = Omit<
  Exchange,
  | 'target'
  | 'secured'
  | 'arrives'
  | 'outcome'
  | 'status'
  | 'grpcStatus'
  | 'serverMs'
  | 'clientMs'
  | 'requestBytes'
  | 'responseBytes'
>;

function unreached(context: CallContext, base: Started, source: Pod | null, service: ClusterService): Answer {
  const key = `${source?.key} ${service.key}`;
  const last = context.lastFailFast.get(key) ?? Number.NEGATIVE_INFINITY;
  const shed = base.atMs - last < LOAD_SHED_FOR_MS;
  const ms = shed ? 1 + context.rng.next() : FAIL_FAST_MS + context.rng.next() * 3;
  if (!shed) context.lastFailFast.set(key, base.atMs + ms);
  context.emit({
    ...base,
    target: null,
    secured: false,
    arrives: false,
    outcome: shed ? 'load-shed' : 'fail-fast',
    status: null,
    grpcStatus: null,
    serverMs: 0,
    clientMs: ms,
    requestBytes: 0,
    responseBytes: 0,
  });
  // The proxy answers its own application for the endpoint that is not there.
  return { status: shed ? 503 : 504, grpcStatus: null, ms };
}

function callOutside(
  context: CallContext,
  caller: Caller,
  external: External,
  ask: string,
  atMs: number,
): Answer {
  const { rng, cluster } = context;
  const network = caller.type === 'pod' ? (cluster.egressOf.get(caller.pod.namespace) ?? null) : null;
  const denied = network?.allow === false;
  const { medianMs, spread } = external.latency ?? OUTSIDE_LATENCY;
  const clientMs = denied ? 0.08 : logNormal(rng, medianMs, spread);
  const status = denied ? 403 : 200;
  context.emit({
    ...request(context, caller, 'http', ask, atMs),
    authority: withPort(external.host, external.port),
    destination: { type: 'external', external, network },
    target: null,
    port: external.port,
    secured: false,
    arrives: false,
    outcome: denied ? 'egress-denied' : 'answered',
    status,
    grpcStatus: null,
    serverMs: clientMs,
    clientMs,
    requestBytes: 0,
    responseBytes: denied ? 0 : 900,
  });
  return { status, grpcStatus: null, ms: clientMs };
}
