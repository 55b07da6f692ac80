// How much counters grew in the window: series that were there at its start by their rate, new ones from nothing.
// https://github.com/prometheus/prometheus/issues/1673

import type { AskScope, Sight } from './ask-scope.ts';
import { bySource } from './inbound.ts';
import { MOST } from './plausible.ts';
import { duration, rate, series, tagged, union } from './promql.ts';
import { missedSeconds, ofNewPods, POD, proxySeries, renamedPods } from './witnesses.ts';

type Scope = Pick<
  AskScope,
  | 'matchers'
  | 'windowSeconds'
  | 'intervalSeconds'
  | 'withNew'
  | 'newPods'
  | 'renamed'
  | 'oldPods'
  | 'withoutVersions'
  | 'sight'
  | 'isMetricsQl'
>;

/** A sum over `growth(family, matchers)`, which is a second, for each series. */
export type Growing = (growth: Growth, isNew: boolean) => string;

type Growth = (family: string, matchers: readonly string[]) => string;

/** Rows of new series bear `new`, and add to those without. */
export function counted(scope: Scope, sum: Growing, most = MOST.calls): string {
  const { sight, withNew } = scope;
  const old = sum((family, own) => seen(grown(scope, family, own), sight, most), false);
  if (!withNew) return old;
  return union([
    old,
    tagged(
      'new',
      'yes',
      sum((family, own) => seen(begun(scope, family, own), sight, most), true),
    ),
  ]);
}

/**
 * Sums by the workload that counted, of families that are told apart by `tag`: the pods are looked up once for all of
 * them. `which`: one family by its name and matchers.
 */
export function countedBySource(
  scope: Scope & Pick<AskScope, 'barePods'>,
  tag: string,
  labels: readonly string[],
  families: readonly (readonly [value: string, family: string, which: readonly string[]])[],
): string {
  const { windowSeconds, sight, withNew } = scope;
  const old = families.map(([value, family, which]) => {
    const growth = grown(scope, family, which);
    return tagged(tag, value, bySource(scope, labels, seen(growth, sight)));
  });
  if (!withNew) return union(old);
  const firsts = families.map(([value, family, which]) => tagged(tag, value, first(scope, family, which)));
  const begun = `((${union(firsts)}) and on (${POD}) (${fromNothing(scope)})) / ${windowSeconds}`;
  return union([...old, tagged('new', 'yes', bySource(scope, [...labels, tag], seen(begun, sight)))]);
}

/** An expression with or without the series whose values no proxy has, or with those alone. */
export function seen(expression: string, sight: Sight, most = MOST.calls): string {
  if (sight === 'sum') return expression;
  const plausible = `((${expression}) >= 0 <= ${most})`;
  return sight === 'plausible' ? plausible : `(${expression}) unless ${plausible}`;
}

/**
 * Of every series a second, over the whole window. MetricsQL's `increase` knows the sample before the window, and guesses
 * what a new series began at; `increase_prometheus` does neither. https://docs.victoriametrics.com/metricsql/
 */
function grown({ windowSeconds, isMetricsQl }: Scope, family: string, own: readonly string[]): string {
  const selector = series(family, own);
  if (!isMetricsQl) return rate(selector, windowSeconds);
  const window = duration(windowSeconds);
  const known = `increase(${selector}[${window}]) and ${selector} offset ${window}`;
  return `(${known} or increase_prometheus(${selector}[${window}])) / ${windowSeconds}`;
}

function begun(scope: Scope, family: string, own: readonly string[]): string {
  return `(${first(scope, family, own)} and on (${POD}) (${fromNothing(scope)})) / ${scope.windowSeconds}`;
}

/** What series that were not there at the window's start had counted when they were first scraped. */
function first(scope: Scope, family: string, own: readonly string[]): string {
  const window = duration(scope.windowSeconds);
  const selector = series(family, [...own, ...ofNewPods(scope)]);
  return `min_over_time(${selector}[${window}]) unless ${selector} offset ${window}`;
}

/**
 * Pods whose new series began at 0: they were scraped at the window's start, or their proxy started inside it. A pod
 * that was merely not scraped before, or under other labels, has counted for as long as it runs.
 */
function fromNothing(scope: Scope): string {
  const { matchers, windowSeconds, intervalSeconds, renamed } = scope;
  const window = duration(windowSeconds);
  const missed = missedSeconds(scope);
  const wasScraped = (selector: string) =>
    `timestamp(${selector} offset ${window}) > time() - ${windowSeconds + missed}`;
  const up = series('up', matchers);
  const started = series('process_start_time_seconds', matchers);
  // What started a scrape before the window has counted no more than that scrape missed.
  const before = intervalSeconds === null ? 0 : missed;
  const began = union([
    wasScraped(proxySeries(scope)),
    `(${wasScraped(up)} and ${up} offset ${window} == 1)`,
    `last_over_time(${started}[${window}]) > time() - ${windowSeconds + before}`,
  ]);
  return renamed ? `(${began}) unless on (${POD}) (${renamedPods(scope)})` : began;
}
