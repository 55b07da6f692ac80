// What policy turned away, and the TCP connections that it let in.

import type { AskScope } from '../ask-scope.ts';
import { countedBySource, seen } from '../counted.ts';
import { bySource, INBOUND } from '../inbound.ts';
import { matcher, series, tagged, union } from '../promql.ts';

const CALLER_LABELS = ['target_port', 'srv_port', 'tls', 'client_id', 'no_tls_reason', 'route_name'];

const REFUSING_FAMILIES = [
  ['inbound_http_authz_deny_total', 'authorization'],
  ['inbound_http_route_not_found_total', 'route'],
  ['inbound_http_local_ratelimit_total', 'rateLimit'],
  ['inbound_tcp_authz_deny_total', 'connection'],
] as const;

/** Requests and connections that were refused: told apart by `refusal`. */
export function refusedQuery(scope: AskScope): string {
  const families = REFUSING_FAMILIES.map(([family, refusal]) => [refusal, family, scope.matchers] as const);
  return countedBySource(scope, 'refusal', CALLER_LABELS, families);
}

/** TCP connections that were let in: a second those that were `opened`, a number those that are `held`, under `admitted`. */
export function admittedQuery(scope: AskScope): string {
  const { matchers, sight } = scope;
  const opened = ['opened', 'inbound_tcp_authz_allow_total', matchers] as const;
  const held = seen(heldWithoutIdentity(matchers), sight);
  return union([
    countedBySource(scope, 'admitted', CALLER_LABELS, [opened]),
    tagged('admitted', 'held', bySource(scope, CALLER_LABELS, held)),
  ]);
}

/**
 * Connections open now that came without mTLS and carry no HTTP: where policy let them in as TCP. What has been open
 * for days is in no rate.
 */
function heldWithoutIdentity(matchers: readonly string[]): string {
  const plain = [matcher('tls', '!=', 'true'), matcher('target_port', '!~', '419[01]'), ...matchers];
  const open = series('tcp_open_connections', [INBOUND, matcher('peer', '=', 'src'), ...plain]);
  const admitted = series('inbound_tcp_authz_allow_total', plain);
  return `${open} and ignoring (direction, peer, authz_group, authz_kind, authz_name, saz_name) ${admitted}`;
}
