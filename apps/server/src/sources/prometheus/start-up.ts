// The rare questions: how often the mesh is scraped and by whom, what is there when nothing comes, and the recent past.

import type { AskScope } from './ask-scope.ts';
import { inboundWithoutNoise } from './inbound.ts';
import { SOURCE_LABELS } from './owner-labels.ts';
import { duration, labelName, matcher, rate, series, tagged, union } from './promql.ts';

/** The second for a store so young that no series is as old as the first. */
const SPANS_SECONDS = [60, 10];

/**
 * Seconds between two scrapes of a proxy, the median over all of them: the time between the newest sample now and a
 * span ago, divided by the samples since. Exact for any interval that fits the span's start, in every version, and
 * however young the store; a count in a span alone would call a series that just began a slow one.
 */
function scrapeInterval(matchers: readonly string[]): string {
  const families = [
    series('proxy_build_info', matchers),
    series('tcp_open_connections', [
      matcher('direction', '=', 'inbound'),
      matcher('peer', '=', 'src'),
      ...matchers,
    ]),
  ];
  return union(
    SPANS_SECONDS.flatMap((seconds) => {
      const span = duration(seconds);
      return families.map(
        (family) =>
          `quantile(0.5, (timestamp(${family}) - timestamp(${family} offset ${span})) / count_over_time(${family}[${span}]))`,
      );
    }),
  );
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
    // The injector's own label says where a pod runs, whatever a label `namespace` of the pod made of the other.
    tagged(
      'fact',
      'places',
      `count by (namespace, workload_ns) (${series('proxy_build_info', [matcher('workload_ns', '!=', ''), ...matchers])})`,
    ),
  ]);
}

/** The values of `label` among the proxies: the clusters that one store holds. */
export function clustersQuery(label: string, matchers: readonly string[]): string {
  return `count by (${labelName(label)}) (${series('proxy_build_info', matchers)})`;
}

const TELLING_FAMILIES = ['up', 'response_total', 'request_total', 'tcp_open_total', 'proxy_build_info'];

/**
 * Series by `family`, of the families that tell why nothing comes; and under `fact` the age in seconds of the newest one.
 * Each by its name: careful stores (Google's, old Cortex) refuse a selector that has only a pattern for it.
 */
export function silenceQuery(matchers: readonly string[]): string {
  const scraped = `max(max_over_time(timestamp(${series('proxy_build_info', matchers)})[1h:30s]))`;
  return union([
    ...TELLING_FAMILIES.map((family) => tagged('family', family, `count(${series(family, matchers)})`)),
    tagged('fact', 'age', `time() - ${scraped}`),
  ]);
}

/** Inbound responses of every workload without the noise, for sparklines. */
export function historyQuery(
  scope: Pick<AskScope, 'matchers' | 'barePods' | 'probeRoutes' | 'windowSeconds'>,
): string {
  return inboundWithoutNoise(scope, ['classification'], (own) =>
    rate(series('response_total', own), scope.windowSeconds),
  );
}
