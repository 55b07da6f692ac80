// The rare questions: how often the mesh is scraped, what is there when nothing comes, and the recent past.

import { SOURCE_LABELS } from './owner-labels.ts';
import { duration, matcher, rate, series, sumBy } from './promql.ts';

const SPAN_SECONDS = 300;

/**
 * Seconds between two scrapes of a proxy, the median over all of them: a proxy prints its clock, so the clock's
 * travel over a span, divided by the samples in it less one, is the interval, however young the series are. Where that
 * family is missing, the samples of the longest series have to do.
 */
export function scrapeIntervalQuery(matchers: readonly string[]): string {
  const clock = `${series('process_clock_time_seconds', matchers)}[${duration(SPAN_SECONDS)}]`;
  const count = `count_over_time(${series('tcp_open_connections', matchers)}[${duration(SPAN_SECONDS)}])`;
  return `quantile(0.5, (max_over_time(${clock}) - min_over_time(${clock})) / (count_over_time(${clock}) - 1 > 0)) or ${SPAN_SECONDS} / max(${count} > 2)`;
}

/** Series by family, of the families that tell why a picture is empty. */
export function familiesQuery(matchers: readonly string[]): string {
  const names = matcher('__name__', '=~', 'up|response_total|request_total|tcp_open_total|proxy_build_info');
  return `count by (__name__) ({${[names, ...matchers].join(',')}})`;
}

/** Inbound responses of every workload without the noise, for sparklines. */
export function historyQuery(matchers: readonly string[], windowSeconds: number): string {
  const inbound = series('response_total', [
    matcher('direction', '=', 'inbound'),
    matcher('target_port', '!~', '419[01]'),
    matcher('route_name', '!=', 'probe'),
    ...matchers,
  ]);
  return sumBy([...SOURCE_LABELS, 'classification'], rate(inbound, windowSeconds));
}
