// Which pods were scraped at the window's start, and which of them under other labels, or without a family that they have now:
// of the others what was not there then is new. Text only.

import type { AskScope } from './ask-scope.ts';
import { duration, escaped, matcher, oneOf, rate, series, union } from './promql.ts';

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

/** What tells series of pods that have new ones. */
export function ofNewPods({ newPods, oldPods }: Pick<AskScope, 'newPods' | 'oldPods'>): string[] {
  return [
    ...(newPods === null ? [] : [oneOf('pod', newPods)]),
    ...(oldPods.length === 0 ? [] : [matcher('pod', '!~', oldPods.map(escaped).join('|'))]),
  ];
}

export type ReplacedScope = WitnessScope & Pick<AskScope, 'newPods' | 'oldPods'>;

/** What begins with less is worth no doubt. */
const FEW = 10;

/** Counted by rows of an answer: new series began with more than all that grew since, as those do that merely got other labels. */
export function isDoubtful(begun: number, grown: number): boolean {
  return begun > FEW + grown;
}

/**
 * Pods of which the new series of a family took the place of others, that a scrape configuration gave other labels: they begin
 * with as much as those ended with, which is more than a scrape brings. A series that was forgotten because nobody asked for
 * it leaves more behind than a new one begins with.
 */
function replacedPods(scope: ReplacedScope, family: string): string {
  const { matchers, windowSeconds } = scope;
  const window = duration(windowSeconds);
  const selector = series(family, [...matchers, ...ofNewPods(scope)]);
  const sum = (expression: string) => `sum by (${POD}) (${expression})`;
  const come = sum(`min_over_time(${selector}[${window}]) unless ${selector} offset ${window}`);
  const gone = sum(`${selector} offset ${window} unless ${selector}`);
  const grown = sum(rate(selector, windowSeconds));
  return `((${come} >= ${gone} / 2) > ${FEW} + ${missedSeconds(scope)} * ${grown})`;
}

const SIDE = `${POD}, direction`;
/** Of what a proxy counts a second now, times its age, that is what it had counted before: so many times more or less. */
const APART = 10;
/** Windows that a proxy has been running for: of a younger one what is new may well be all that it counted. */
const OLD_WINDOWS = 20;

/**
 * Pods of which a side is kept only since some moment of the window: they had no series of it, and begin with as much as they
 * count in all their age. A single one may have slept; where most of those that begin are so, the store began to keep them.
 */
function keptSincePods(scope: ReplacedScope, family: string): string {
  const { matchers, windowSeconds } = scope;
  const window = duration(windowSeconds);
  const own = [...matchers, ...ofNewPods(scope)];
  const selector = series(family, own);
  const sum = (expression: string) => `sum by (${SIDE}) (${expression})`;
  const begun = `(${sum(`min_over_time(${selector}[${window}])`)} unless ${sum(`${selector} offset ${window}`)})`;
  const grown = sum(rate(selector, windowSeconds));
  const started = `max by (${POD}) (${series('process_start_time_seconds', own)})`;
  const age = `((time() - ${started}) > ${OLD_WINDOWS * windowSeconds})`;
  const whole = `((${grown} > ${FEW / windowSeconds}) * on (${POD}) group_left () ${age})`;
  const kept = `(${begun} > ${whole} / ${APART} < ${APART} * ${whole})`;
  return `(${begun} and on () (count(${kept}) >= count(${begun}) / 2))`;
}

/** The families by which it is told. */
const REPLACED_FAMILIES = ['response_total', 'tcp_open_total', 'response_latency_ms_bucket'];

/** The pods that have such series. */
export function replacedQuery(scope: ReplacedScope): string {
  const pods = REPLACED_FAMILIES.flatMap((family) => [
    replacedPods(scope, family),
    keptSincePods(scope, family),
  ]);
  return `count by (namespace, pod) (${union(pods)})`;
}
