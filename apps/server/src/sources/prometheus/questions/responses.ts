// Who called whom and how it ended: as each workload counts what it received, and as callers count what they sent.

import type { AskScope } from './ask-scope.ts';
import { counted } from './counted.ts';
import { bySource, INBOUND } from './inbound.ts';
import { byEdge, NOT_LOOPBACK, OUTBOUND } from './outbound.ts';
import { matcher } from './promql.ts';

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

const NO_NOISE = [matcher('target_port', '!~', '419[01]'), matcher('srv_port', '!~', '419[01]')];

const OUTBOUND_LABELS = ['tls', 'server_id', 'no_tls_reason', 'classification', 'status_code', 'grpc_status'];

export function inboundQuery(scope: AskScope): string {
  return counted(scope, (growth, isNew) => {
    // What is new of scrapes and probes is worth no question.
    const which = isNew ? [INBOUND, ...NO_NOISE, ...scope.matchers] : [INBOUND, ...scope.matchers];
    return bySource(scope, INBOUND_LABELS, growth('response_total', which));
  });
}

export function outboundQuery(scope: AskScope): string {
  return counted(scope, (growth) =>
    byEdge(scope, OUTBOUND_LABELS, (target) => growth('response_total', [OUTBOUND, NOT_LOOPBACK, ...target])),
  );
}
