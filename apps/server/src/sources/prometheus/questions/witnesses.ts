// Which pods were scraped at the window's start, and which of them under other labels, or without a family that they have now:
// of the others what was not there then is new. Text only.

import type { AskScope } from './ask-scope.ts';
import { duration, matcher, series, union } from './promql.ts';

export type WitnessScope = Pick<
  AskScope,
  'matchers' | 'windowSeconds' | 'intervalSeconds' | 'withoutVersions'
>;

export const POD = 'namespace, pod, instance';
/** Later than after so many intervals a pod was not scraped any more. */
const MISSED_SCRAPES = 2.5;
/** Where the interval is unknown, a window holds at least so many scrapes. */
const SCRAPES_IN_WINDOW = 4;

/** Seconds after which a pod without a sample was not scraped. */
export function missedSeconds({
  windowSeconds,
  intervalSeconds,
}: Pick<WitnessScope, 'windowSeconds' | 'intervalSeconds'>): number {
  return MISSED_SCRAPES * (intervalSeconds ?? windowSeconds / SCRAPES_IN_WINDOW);
}

/** One for each proxy: its version, or, where the store keeps none, the scrapes that it counted itself. */
export function proxySeries({
  matchers,
  withoutVersions,
}: Pick<WitnessScope, 'matchers' | 'withoutVersions'>): string {
  return withoutVersions ? scrapesCounted(matchers) : series('proxy_build_info', matchers);
}

/** Of proxies whose pod or address is stored: without both they have no name to be counted by. */
export function namedProxies(matchers: readonly string[]): string {
  return union(
    ['pod', 'instance'].map((label) => series('proxy_build_info', [matcher(label, '!=', ''), ...matchers])),
  );
}

/** The requests of scrapes: there from the second scrape of a proxy on, in a family that tells of all requests. */
export function scrapesCounted(matchers: readonly string[]): string {
  const scrapes = [matcher('direction', '=', 'inbound'), matcher('target_port', '=', '4191')];
  return series('response_total', [...scrapes, ...matchers]);
}

/**
 * Pods whose series began anew inside the window without anything new in them: an agent, a replica or a configuration gave
 * them other labels, or began to keep the family.
 */
export function renamedPods(scope: WitnessScope): string {
  const window = duration(scope.windowSeconds);
  const longer = duration(scope.windowSeconds + missedSeconds(scope));
  const proxy = proxySeries(scope);
  const counted = scrapesCounted(scope.matchers);
  return union([
    `((${proxy} unless ${proxy} offset ${window}) and on (${POD}) (count by (${POD}) (last_over_time(${proxy}[${longer}])) > 1))`,
    ...(scope.withoutVersions
      ? []
      : [
          // A proxy that was just found has not counted its first scrape yet.
          `(${counted} unless on (${POD}) ${counted} offset ${window} and on (${POD}) ${proxy} offset ${longer})`,
        ]),
  ]);
}
