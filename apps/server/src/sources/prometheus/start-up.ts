// The rare questions: how often the mesh is scraped and by whom, what is there when nothing comes, and the recent past.

import { inboundWithoutNoise } from './latency.ts';
import { SOURCE_LABELS } from './owner-labels.ts';
import { duration, matcher, rate, series, tagged, union } from './promql.ts';

const SPAN_SECONDS = 300;

/**
 * Seconds between two scrapes of a proxy, the median over all of them: a proxy prints its clock, so the clock's
 * travel over a span, divided by the samples in it less one, is the interval, however young the series are. Where that
 * family is missing (before Linkerd 2.18), the samples of the longest series have to do.
 */
function scrapeInterval(matchers: readonly string[]): string {
  const clock = `${series('process_clock_time_seconds', matchers)}[${duration(SPAN_SECONDS)}]`;
  const connections = [matcher('direction', '=', 'inbound'), matcher('peer', '=', 'src'), ...matchers];
  const count = `count_over_time(${series('tcp_open_connections', connections)}[${duration(SPAN_SECONDS)}])`;
  return `quantile(0.5, (max_over_time(${clock}) - min_over_time(${clock})) / (count_over_time(${clock}) - 1 > 0)) or ${SPAN_SECONDS} / max(${count} > 2)`;
}

/** Facts of the whole store, each under its name in the label `fact`. */
export function factsQuery(matchers: readonly string[]): string {
  const proxies = series('proxy_build_info', matchers);
  return union([
    tagged('fact', 'interval', scrapeInterval(matchers)),
    // A pod with a label `version` of its own pushes the proxy's aside.
    tagged('fact', 'proxies', `count by (version, exported_version) (${proxies})`),
    tagged('fact', 'pods', `count(count by (namespace, pod, instance) (${proxies}))`),
    tagged('fact', 'workloads', `count(count by (${SOURCE_LABELS.join(', ')}) (${proxies}))`),
  ]);
}

/** Series by family, of the families that tell why nothing comes; and under `fact` the age in seconds of the newest one. */
export function silenceQuery(matchers: readonly string[]): string {
  const names = matcher('__name__', '=~', 'up|response_total|request_total|tcp_open_total|proxy_build_info');
  const scraped = `max(max_over_time(timestamp(${series('proxy_build_info', matchers)})[1h:30s]))`;
  return union([
    `count by (__name__) ({${[names, ...matchers].join(',')}})`,
    tagged('fact', 'age', `time() - ${scraped}`),
  ]);
}

/** Inbound responses of every workload without the noise, for sparklines. */
export function historyQuery(scope: {
  readonly matchers: readonly string[];
  readonly barePods: boolean;
  readonly windowSeconds: number;
}): string {
  return inboundWithoutNoise(scope, ['classification'], (own) =>
    rate(series('response_total', own), scope.windowSeconds),
  );
}
