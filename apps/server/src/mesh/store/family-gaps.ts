// Families, or one side of them, that the store does not keep although something shows that the proxies have them.

import { counted } from '@latchwork/figures/count';
import type { Finding } from '@latchwork/shared/problems/finding';
import { SIDED_FAMILIES } from '../../sources/prometheus/questions/survey.ts';
import { toFinding } from '../findings/finding.ts';
import type { StoreFacts } from './store-facts.ts';
import { type Lacking, requestsOnly, type Side, type StoredFamilies } from './stored-families.ts';
import type { StoredLabels } from './stored-labels.ts';

const REMEDY =
  'keep them in the scrape configuration (metric_relabel_configs, or writeRelabelConfigs of a remote write): nothing of what the proxies write about requests, connections and policy may be dropped';
const KEEP = `metric_relabel_configs:
  - source_labels: [__name__]
    regex: (request|response|tcp)_.+|(inbound|outbound)_.+|proxy_build_info|process_start_time_seconds
    action: keep
`;

const HTTP = ['request_total', 'response_total', 'response_latency_ms_count'] as const;
const TCP = [
  'tcp_open_total',
  'tcp_open_connections',
  'tcp_read_bytes_total',
  'tcp_write_bytes_total',
] as const;

/** What nobody can see without one of the callers' families. */
const OUTBOUND_LOSS: Readonly<Record<string, string>> = {
  request_total: 'which connections carry HTTP, so that they may look like TCP',
  response_total: 'calls over HTTP: who calls whom, how well, and whether it is secured',
  tcp_open_total: 'connections that carry no HTTP (databases, queues), and whether they are secured',
  tcp_open_connections: 'connections that are held open, and whether they are secured',
  tcp_read_bytes_total: 'what connections carry',
  tcp_write_bytes_total: 'what connections carry',
};
const INBOUND_LOSS: Readonly<Record<string, string>> = {
  response_total: 'what workloads receive, how well they answer, and callers without a proxy',
  tcp_open_connections: 'connections that callers without a proxy hold open',
};

export function familyGaps(
  families: StoredFamilies,
  { has }: StoredLabels,
  facts: StoreFacts | null,
): Finding[] {
  const holds = (side: Side) => SIDED_FAMILIES.some((family) => families.count(family, side) > 0);
  const isCalled = (has.get('client_id') ?? 0) > 0;
  if (!holds('inbound') && !holds('outbound')) return [];
  const some = families.lacking.map(ofSome);
  if (!holds('outbound')) return isCalled ? [noOutbound(), ...some, ...policyGaps(families, facts)] : some;
  const responses = responsesGap(families);
  if (!holds('inbound')) return [noInbound(), ...responses, ...outboundGaps(families, isCalled)];
  return [
    ...some,
    ...responses,
    ...outboundGaps(families, isCalled),
    ...gapsOf('inbound', INBOUND_LOSS, families),
    ...policyGaps(families, facts),
    ...unreachedGap(families, facts),
    ...(families.count('proxy_build_info') > 0 ? [] : [noVersions()]),
  ];
}

function ofSome({ namespace, proxies, families }: Lacking): Finding {
  const [are, count] = proxies === 1 ? ['is', 'it counts'] : ['are', 'they count'];
  return gap({
    code: `not-stored:${families[0]}:${namespace}`,
    severity: 'warn',
    what: `${counted(proxies, 'proxy', 'proxies')} in ${namespace || 'no namespace'} ${are} stored without ${families.join(', ')}, which others have: what ${count} there is missing from the numbers`,
    evidence: 'every scrape of a proxy is a request, which adds to each of these families',
  });
}

function noOutbound(): Finding {
  return gap({
    code: 'outbound-not-stored',
    severity: 'warn',
    what: 'no outbound series are stored: callers are known by their identity alone, and calls to the outside, calls that never arrived and the latencies of single edges are invisible',
    evidence:
      'workloads are called with identities of the mesh, but no proxy has series with direction="outbound"',
  });
}

function noInbound(): Finding {
  return gap({
    code: 'inbound-not-stored',
    severity: 'warn',
    what: 'no inbound series are stored: rates of a workload are what its callers count, and callers without a proxy, latencies and what policy refused are invisible',
    evidence:
      'no proxy has series with direction="inbound", though every scrape of one is a request that it counts',
  });
}

/** Rates are read from the requests then. */
function responsesGap(families: StoredFamilies): Finding[] {
  const sides = requestsOnly(families);
  const [only] = sides;
  if (only === undefined) return [];
  const which = sides.length > 1 ? '' : `${only} `;
  return [
    gap({
      code: `not-stored:response_total${sides.length > 1 ? '' : `:${only}`}`,
      severity: 'warn',
      what: `no ${which}series of response_total are stored: ${which}rates are those of requests (request_total), and invisible are whether these succeed and with which status they end`,
      evidence: `request_total has ${which}series, and each request that ends adds to response_total`,
    }),
  ];
}

function outboundGaps(families: StoredFamilies, isCalled: boolean): Finding[] {
  const any = (names: readonly string[]) => names.some((name) => families.count(name, 'outbound') > 0);
  // A mesh of databases alone has no requests; one whose workloads are called has.
  const http = any(HTTP) || isCalled ? ['request_total', 'response_total'] : [];
  const expected = [...http, ...(any([...HTTP, ...TCP]) ? TCP : [])];
  return gapsOf(
    'outbound',
    Object.fromEntries(expected.map((name) => [name, OUTBOUND_LOSS[name] ?? ''])),
    families,
  );
}

/** One finding for all families whose loss hides the same. */
function gapsOf(side: Side, losses: Readonly<Record<string, string>>, families: StoredFamilies): Finding[] {
  const isRead = (name: string) => name === 'response_total' && requestsOnly(families).includes(side);
  const missing = Object.entries(losses).filter(
    ([name]) => families.count(name, side) === 0 && !isRead(name),
  );
  const byLoss = Map.groupBy(missing, ([, loss]) => loss);
  return [...byLoss].map(([loss, names]) => {
    const list = names.map(([name]) => name).join(' and ');
    return gap({
      code: `not-stored:${names[0]?.[0]}:${side}`,
      severity: 'warn',
      what: `no ${side} series of ${list} are stored: invisible are ${loss}`,
    });
  });
}

/** What was admitted is counted from the first request on, a scrape's own: without it nobody would know of a refusal either. */
function policyGaps(families: StoredFamilies, facts: StoreFacts | null): Finding[] {
  const isKnown = ['inbound_http_authz_allow_total', 'inbound_http_authz_deny_total'].some(
    (name) => families.count(name) > 0,
  );
  if (isKnown || !areNew(facts) || families.count('response_total', 'inbound') === 0) return [];
  return [
    gap({
      code: 'not-stored:inbound_http_authz_deny_total',
      severity: 'warn',
      what: 'no series of what policy admits or denies are stored (inbound_http_authz_allow_total, inbound_http_authz_deny_total): what was refused is invisible, not 0',
    }),
  ];
}

function unreachedGap(families: StoredFamilies, facts: StoreFacts | null): Finding[] {
  if (!areNew(facts) || families.count('response_total', 'outbound') === 0) return [];
  if (families.count('outbound_http_route_request_statuses_total') > 0) return [];
  return [
    gap({
      code: 'not-stored:outbound_http_route_request_statuses_total',
      severity: 'warn',
      what: 'no series of outbound routes are stored (outbound_http_route_request_statuses_total): calls that never reached an endpoint, and egress that was denied, are invisible, not 0',
    }),
  ];
}

/** All proxies have these families: they are of Linkerd 2.16 or newer, and say so. */
function areNew(facts: StoreFacts | null): boolean {
  return facts?.allCountUnreached ?? false;
}

function noVersions(): Finding {
  return gap({
    code: 'not-stored:proxy_build_info',
    what: 'proxy_build_info is not stored: how many proxies are scraped, and of which versions, is unknown',
  });
}

function gap(said: {
  code: string;
  severity?: Finding['severity'];
  what: string;
  evidence?: string;
}): Finding {
  return toFinding({ ...said, remedy: REMEDY, manifest: KEEP });
}
