// The rare questions: how often the mesh is scraped and by whom, what is there when nothing comes, and the recent past.

import type { AskScope } from './ask-scope.ts';
import { inboundWithoutNoise } from './inbound.ts';
import { SOURCE_LABELS } from './owners/owner-labels.ts';
import { matcher, rate, series, tagged, union } from './promql.ts';
import { rulesQuery } from './recorded.ts';
import { agesOf, longInterval, mixedCounters, scrapeInterval } from './sampling.ts';
import { namedProxies, POD } from './witnesses.ts';

/** Facts of the whole store, each under its name in the label `fact`. */
export function factsQuery(matchers: readonly string[]): string {
  const proxies = series('proxy_build_info', matchers);
  const named = namedProxies(matchers);
  return union([
    tagged('fact', 'interval', scrapeInterval(matchers, 'few')),
    tagged('fact', 'pace', longInterval(matchers, 0.5)),
    tagged('fact', 'slow', longInterval(matchers, 0.9)),
    tagged('fact', 'age', agesOf(matchers, 0.5)),
    tagged('fact', 'late', agesOf(matchers, 0.9)),
    // A pod with a label `version` of its own pushes the proxy's aside.
    tagged('fact', 'proxies', `count by (version, exported_version) (${proxies})`),
    tagged('fact', 'named', `count(${named})`),
    tagged('fact', 'pods', `count(count by (${POD}) (${named}))`),
    tagged('fact', 'mixed', mixedCounters(matchers)),
    tagged('fact', 'workloads', `count(count by (${SOURCE_LABELS.join(', ')}) (${proxies}))`),
    // The injector's own label says where a pod runs, whatever a label `namespace` of the pod made of the other.
    tagged(
      'fact',
      'places',
      `count by (namespace, workload_ns) (${series('proxy_build_info', [matcher('workload_ns', '!=', ''), ...matchers])})`,
    ),
    tagged('fact', 'rules', rulesQuery(matchers)),
  ]);
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
  return inboundWithoutNoise({ ...scope, sight: 'sum' }, ['classification'], (own) =>
    rate(series('response_total', own), scope.windowSeconds),
  );
}
