// A request as one of its two proxies shows it to tap: addresses, labels, headers.

import { admissionOf, type PolicyName } from '../admission.ts';
import type { Pod } from '../cluster.ts';
import type { Caller, Exchange } from '../exchange.ts';
import { ADMIN_PORT, TAP_PORT } from '../ports.ts';
import { hashText } from '../rng.ts';
import type { Headers, Labels } from './tap-event.ts';

export type Direction = 'inbound' | 'outbound';

export interface TapView {
  readonly direction: Direction;
  readonly source: { readonly ip: string; readonly port: number };
  readonly destination: { readonly ip: string; readonly port: number };
  readonly sourceLabels: Labels;
  readonly destinationLabels: Labels;
}

const PLAIN_OUT = 'not_provided_by_service_discovery';
const PLAIN_IN = 'no_tls_from_remote';

/** Policy is asked before tap, and what reached no endpoint was never sent. */
export function isTappable({ outcome, port, arrives, status }: Exchange, direction: Direction): boolean {
  if (port === ADMIN_PORT || port === TAP_PORT || status === null) return false;
  if (direction === 'inbound') return arrives && outcome === 'answered';
  return outcome !== 'egress-denied';
}

/** Connections are kept: the same two ends have the same port. */
function ephemeralPort(...ends: readonly string[]): number {
  return 32_768 + (hashText(ends.join(' ')) % 28_000);
}

/** What the tap server knows of an address in the cluster. */
function podLabels({ workload, name, namespace, meshed, hash }: Pod): Labels {
  const owner = workload.kind === 'job' ? 'k8s_job' : workload.kind;
  return {
    pod: name,
    [owner]: workload.name,
    namespace,
    serviceaccount: workload.name,
    ...(meshed ? { control_plane_ns: 'linkerd' } : {}),
    ...(workload.kind === 'deployment' ? { pod_template_hash: hash } : {}),
  };
}

function callerLabels(caller: Caller, secured: boolean): Labels {
  if (caller.type !== 'pod') return { tls: PLAIN_IN };
  const tls = secured ? { tls: 'true', client_id: caller.pod.identity ?? '' } : { tls: PLAIN_IN };
  return { ...tls, ...podLabels(caller.pod) };
}

function endpointLabels({ destination, target, secured, caller }: Exchange): Labels {
  if (!target) return { tls: PLAIN_OUT };
  const backend = destination.type === 'service' ? destination.backend : null;
  const fromZone = caller.type === 'pod' ? caller.pod.zone : '';
  return {
    ...(secured ? { tls: 'true', server_id: target.identity ?? '' } : { tls: PLAIN_OUT }),
    ...podLabels(target),
    ...(backend ? { service: backend.name } : {}),
    zone: target.zone,
    zone_locality: target.zone === fromZone ? 'local' : 'remote',
  };
}

function policyLabels(prefix: string, { group, kind, name }: PolicyName): Labels {
  return { [`${prefix}_group`]: group, [`${prefix}_kind`]: kind, [`${prefix}_name`]: name };
}

export function tapView(exchange: Exchange, direction: Direction): TapView {
  const { caller, destination, target, port, secured, authority } = exchange;
  const callerIp = caller.type === 'pod' ? caller.pod.ip : caller.ip;
  const outside = destination.type === 'external' ? destination.external.ip : '';
  const targetIp = target?.ip ?? outside;
  if (direction === 'outbound')
    return {
      direction,
      source: { ip: callerIp, port: ephemeralPort('app', callerIp, authority) },
      destination: { ip: targetIp, port },
      sourceLabels: { tls: 'loopback', ...(caller.type === 'pod' ? podLabels(caller.pod) : {}) },
      destinationLabels: endpointLabels(exchange),
    };
  const { server, route, authorization } = admissionOf(exchange);
  return {
    direction,
    source: { ip: callerIp, port: ephemeralPort('proxy', callerIp, targetIp, String(port)) },
    destination: { ip: targetIp, port },
    sourceLabels: callerLabels(caller, secured),
    destinationLabels: {
      tls: 'loopback',
      ...policyLabels('srv', server),
      ...policyLabels('route', route),
      ...policyLabels('authz', authorization),
      ...(target ? podLabels(target) : {}),
    },
  };
}

/** A passenger who is signed in: something that a viewer must never get to see. */
const SECRETS: Headers = [
  ['authorization', 'Bearer an-invented-token'],
  ['cookie', 'session=an-invented-session'],
];

export function requestHeaders(exchange: Exchange, direction: Direction): Headers {
  const { method, authority, path, protocol, requestBytes, caller, secured } = exchange;
  const identity = direction === 'inbound' && caller.type === 'pod' && secured ? caller.pod.identity : null;
  const fromClient: Headers = identity ? [['l5d-client-id', identity]] : [];
  if (protocol === 'grpc')
    return [
      [':method', method],
      [':scheme', 'http'],
      [':authority', authority],
      [':path', path],
      ['content-type', 'application/grpc'],
      ['te', 'trailers'],
      ['user-agent', 'grpc-ferryline/1.0'],
      ...fromClient,
    ];
  const agent = caller.type === 'kubelet' ? 'kube-probe/1.33' : 'ferryline/1.0';
  return [
    ['host', authority],
    ['user-agent', agent],
    ...(caller.type === 'outside' && method === 'POST' ? SECRETS : []),
    ...(requestBytes > 0 ? ([['content-length', String(requestBytes)]] as const) : []),
    ...fromClient,
  ];
}

/** `date` is the HTTP date of the answer. A gRPC call that fails has its status here and no trailers. */
export function responseHeaders(exchange: Exchange, date: string): Headers {
  const { protocol, status, grpcStatus, outcome } = exchange;
  if (protocol === 'grpc')
    return [
      [':status', String(status)],
      ['content-type', 'application/grpc'],
      ...(grpcStatus ? ([['grpc-status', String(grpcStatus)]] as const) : []),
      ['date', date],
    ];
  if (outcome !== 'answered')
    return [
      ['content-length', '0'],
      ['date', date],
    ];
  return [
    ['content-type', 'application/json'],
    ['date', date],
    ...(exchange.responseBytes > 1_000 ? ([['transfer-encoding', 'chunked']] as const) : []),
  ];
}
