// How the store samples proxies: how often, how late, and since when. From any family that is there.

import { duration, matcher, series, tagged, union } from './promql.ts';
import { POD, proxySeries, renamedPods, scrapesCounted, type WitnessScope } from './witnesses.ts';

/** The second for a store so young that no series is as old as the first, the third for rare scrapes. */
const SPANS_SECONDS = [60, 10, 600];

/**
 * `few`: families of one or few series for each proxy. `any`: those that are left where users drop these, dear to read;
 * `up` is of all targets, and of the scrape instead of the samples.
 */
export type Families = 'few' | 'any';

function familiesOf(matchers: readonly string[], families: Families): string[] {
  const inbound = [matcher('direction', '=', 'inbound'), ...matchers];
  const connections = [matcher('peer', '=', 'src'), ...inbound];
  if (families === 'few')
    return [series('proxy_build_info', matchers), series('tcp_open_connections', connections)];
  return [
    series('tcp_open_total', connections),
    series('request_total', inbound),
    series('response_total', inbound),
    series('response_total', [matcher('direction', '=', 'outbound'), ...matchers]),
    series('up', matchers),
  ];
}

/**
 * Seconds between two scrapes of a proxy, the median over all of them: the time between the newest sample now and a
 * span ago, divided by the samples since. Exact for any interval that fits the span's start, in every version, and
 * however young the store; a count in a span alone would call a series that just began a slow one.
 */
export function scrapeInterval(matchers: readonly string[], families: Families): string {
  return union(
    SPANS_SECONDS.flatMap((seconds) => {
      const span = duration(seconds);
      // A sample on the edge counts as the older one in every version.
      const since = duration(seconds - 0.001);
      return familiesOf(matchers, families).map(
        (family) =>
          `quantile(0.5, (timestamp(${family}) - timestamp(${family} offset ${span})) / count_over_time(${family}[${since}]) > 0)`,
      );
    }),
  );
}

const LONGEST_SPAN_SECONDS = 600;

/**
 * The interval below which a share of the proxies lies, over a span so long that a gap of one does not pass for its pace. To
 * be compared with itself: a gap of all lengthens it for all.
 */
export function longInterval(matchers: readonly string[], quantile: number): string {
  const span = duration(LONGEST_SPAN_SECONDS);
  const family = series('proxy_build_info', matchers);
  const since = duration(LONGEST_SPAN_SECONDS - 0.001);
  return `quantile(${quantile}, (timestamp(${family}) - timestamp(${family} offset ${span})) / count_over_time(${family}[${since}]) > 0)`;
}

/** The age in seconds below which the newest samples of a share of the proxies lie. */
export function agesOf(matchers: readonly string[], quantile: number): string {
  const newest = `max by (${POD}) (timestamp(${series('proxy_build_info', matchers)}))`;
  return `quantile(${quantile}, time() - ${newest})`;
}

/** In ten minutes no proxy starts so often, not even one that crashes. */
const MOST_STARTS = 8;

/**
 * Label sets under which several proxies are stored at once, where a scrape configuration drops what tells them apart: it seems to
 * start anew with every sample.
 */
export function mixedCounters(matchers: readonly string[]): string {
  const span = duration(LONGEST_SPAN_SECONDS);
  const started = series('process_start_time_seconds', matchers);
  const counted = scrapesCounted(matchers);
  return union([
    `count(changes(${started}[${span}]) > ${MOST_STARTS})`,
    `count(resets(${counted}[${span}]) > ${MOST_STARTS})`,
  ]);
}

/** The interval where the few families do not tell it, as a fact. */
export function intervalQuery(matchers: readonly string[]): string {
  return tagged('fact', 'interval', scrapeInterval(matchers, 'any'));
}

/** Seconds since the newest sample of a proxy, the median over all of them. */
export function ageQuery(matchers: readonly string[], families: Families): string {
  // `up` is written by the scrape, and in time where its samples are not.
  const proxies = familiesOf(matchers, families).filter((family) => !/^up\b/.test(family));
  // Under labels that a proxy no longer has it seems old.
  const newest = proxies.map((family) => `quantile(0.5, max by (${POD}) (timestamp(${family})))`);
  return `time() - (${union(newest)})`;
}

/**
 * Unix seconds of the first step in the window at which some proxy was known, and of the first at which requests were: a store
 * that kept the others for longer knows of no request before.
 */
export function dataStartQuery(
  matchers: readonly string[],
  windowSeconds: number,
  stepSeconds: number,
): string {
  const known = union([
    `count(${series('proxy_build_info', matchers)})`,
    `count(${series('tcp_open_total', [
      matcher('direction', '=', 'inbound'),
      matcher('peer', '=', 'src'),
      matcher('target_port', '=', '4191'),
      ...matchers,
    ])})`,
  ]);
  const span = `${duration(windowSeconds)}:${duration(stepSeconds)}`;
  const first = (count: string) => `min_over_time((time() * ((${count}) > bool 0))[${span}])`;
  return union([
    tagged('fact', 'start', first(known)),
    tagged('fact', 'requests', first(`count(${scrapesCounted(matchers)})`)),
  ]);
}

/**
 * The pods of which scrapes have brought series anew in the window, as Prometheus and agents count them for each target
 * (https://prometheus.io/docs/concepts/jobs_instances/), no more than one above `most`; of how many proxies that is counted,
 * and of how many not; and the pods that only have other labels, or further families, since its start.
 */
export function newsQuery(scope: WitnessScope, most: number): string {
  const { matchers, windowSeconds } = scope;
  const window = duration(windowSeconds);
  const proxy = proxySeries(scope);
  const added = `max_over_time(${series('scrape_series_added', matchers)}[${window}])`;
  const proxies = `last_over_time(${proxy}[${window}])`;
  return union([
    tagged('fact', 'added', `topk(${most + 1}, max by (pod) (${added} and on (${POD}) ${proxies}) > 0)`),
    tagged('fact', 'told', `count(${proxies} and on (${POD}) ${added})`),
    tagged('fact', 'untold', `count(${proxies} unless on (${POD}) ${added})`),
    tagged('fact', 'renamed', `count(${renamedPods(scope)})`),
  ]);
}

/** Answered by those that speak MetricsQL alone: the others do not know the function. */
export const METRICSQL_QUERY = 'increase_prometheus(vector(1)[1m:10s])';
