// Who called whom and how it ended: as each workload counts what it received, and as callers count what they sent.

import type { AskScope } from './ask-scope.ts';
import { bySource, INBOUND } from './inbound.ts';
import { byEdge, NOT_LOOPBACK, OUTBOUND } from './outbound.ts';
import { rate, series } from './promql.ts';

/** Builds without `target_*` labels have at least `srv_port`. */
const INBOUND_LABELS = [
  'target_port',
  'srv_port',
  'srv_name',
  'tls',
  'client_id',
  'no_tls_reason',
  'route_name',
  'authz_name',
  'classification',
];

const OUTBOUND_LABELS = ['tls', 'server_id', 'no_tls_reason', 'classification', 'status_code', 'grpc_status'];

export function inboundQuery({ matchers, barePods, windowSeconds }: AskScope): string {
  const responses = series('response_total', [INBOUND, ...matchers]);
  return bySource(barePods, INBOUND_LABELS, rate(responses, windowSeconds));
}

export function outboundQuery(scope: AskScope): string {
  return byEdge(scope, OUTBOUND_LABELS, (target) =>
    rate(series('response_total', [OUTBOUND, NOT_LOOPBACK, ...target]), scope.windowSeconds),
  );
}
