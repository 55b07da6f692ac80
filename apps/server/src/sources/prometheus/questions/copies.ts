// Whether a store holds the series of one proxy more than once, and what tells them apart: asked with the survey. Text only.

import { countBy, labelName, matcher, series, tagged, union } from './promql.ts';
import { namedProxies, scrapesCounted } from './witnesses.ts';

/** By what it shows that a proxy is stored more than once: by its version, or by the scrapes that it counted. */
export type CopiedFamily = 'proxies' | 'scrapes';

/** What a proxy writes on the requests of scrapes: one with all of it equal is there once. */
const SCRAPES_OF_ONE = [
  ...['namespace', 'pod', 'instance', 'authority', 'target_addr', 'tls', 'client_id', 'no_tls_reason'],
  ...['srv_kind', 'srv_name', 'srv_port', 'saz_name', 'route_kind', 'route_name', 'authz_kind', 'authz_name'],
  ...['classification', 'status_code', 'grpc_status', 'error'],
];

function copiedSeries(family: CopiedFamily, matchers: readonly string[]): string {
  return family === 'proxies' ? series('proxy_build_info', matchers) : scrapesCounted(matchers);
}

/**
 * A pod whose series are stored more than once, by `family`; one is enough to see what tells the copies apart. A second scrape
 * that keeps no more than requests shows in those alone.
 */
export function copiesQuery(matchers: readonly string[]): string {
  const repeated = (labels: readonly string[], all: string) => `topk(1, ${countBy(labels, all)} > 1)`;
  const named = scrapesCounted([matcher('pod', '!=', ''), ...matchers]);
  return union([
    tagged('family', 'proxies', repeated(['namespace', 'pod', 'instance'], namedProxies(matchers))),
    tagged('family', 'scrapes', repeated(SCRAPES_OF_ONE, named)),
  ]);
}

/** How many proxies have the name of each pod. */
export function namesakesQuery(matchers: readonly string[]): string {
  return countBy(['namespace', 'pod'], namedProxies(matchers));
}

/** The series of one proxy with all their labels. */
export function proxyQuery(
  own: readonly string[],
  matchers: readonly string[],
  family: CopiedFamily = 'proxies',
): string {
  return copiedSeries(family, [...own, ...matchers]);
}

/** The pods of every value of `label`, and Unix seconds of their newest samples under it. */
export function podsByQuery(
  label: string,
  matchers: readonly string[],
  family: CopiedFamily = 'proxies',
): string {
  const labels = [label, 'namespace', 'pod', 'instance'].map(labelName).join(', ');
  return `max by (${labels}) (timestamp(${copiedSeries(family, matchers)}))`;
}
