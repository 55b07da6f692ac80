// What policy decided where requests arrive: by workload, Server, route and authorization. Three questions for the whole
// mesh, asked while somebody looks. Text only.

import type { AskScope } from '../ask-scope.ts';
import { counted, countedBySource } from '../counted.ts';
import { bySource, INBOUND } from '../inbound.ts';
import { withLast } from '../latency.ts';

const SERVER = ['srv_kind', 'srv_name', 'srv_port', 'target_port'];
const RULE = [...SERVER, 'route_group', 'route_kind', 'route_name', 'authz_kind', 'authz_name', 'tls'];
const CLIENT = [...RULE, 'client_id'];

const DECISIONS = [
  ['allowed', 'inbound_http_authz_allow_total'],
  ['denied', 'inbound_http_authz_deny_total'],
  ['unmatched', 'inbound_http_route_not_found_total'],
  ['rateLimited', 'inbound_http_local_ratelimit_total'],
  ['connectionsAllowed', 'inbound_tcp_authz_allow_total'],
  ['connectionsDenied', 'inbound_tcp_authz_deny_total'],
] as const;

export function policyResponsesQuery(scope: AskScope): string {
  const own = [INBOUND, ...scope.matchers];
  return counted(scope, (growth) =>
    bySource(scope, [...CLIENT, 'classification'], growth('response_total', own)),
  );
}

export function policyLatencyQuery(scope: AskScope): string {
  return withLast(scope, (rates) => bySource(scope, [...RULE, 'le'], rates([INBOUND, ...scope.matchers])));
}

/** Told apart by `decision`. */
export function policyDecisionsQuery(scope: AskScope): string {
  const families = DECISIONS.map(([decision, family]) => [decision, family, scope.matchers] as const);
  return countedBySource(scope, 'decision', CLIENT, families);
}
