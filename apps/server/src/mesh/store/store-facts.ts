// What holds for a whole store for minutes: how often proxies are scraped, how many there are, of which versions.

import type { Labels, Sample } from '../../sources/prometheus/sample.ts';

export interface StoreFacts {
  /** Seconds; null when the data has none (yet). */
  readonly intervalSeconds: number | null;
  /** Seconds, of those that are scraped much less often than most; null where none are. */
  readonly slowIntervalSeconds: number | null;
  /** By how much the newest samples of a tenth of them, or more, are older than those of most; 0 when that is not known. */
  readonly behindSeconds: number;
  /** Series of proxies; more than pods when some are scraped twice. 0 when the family is missing. */
  readonly proxies: number;
  /** Whose pod or address is stored; 0 where none is. */
  readonly pods: number;
  /** Series of those. */
  readonly named: number;
  /** Label sets under which several proxies are stored at once. */
  readonly mixed: number;
  readonly workloads: number;
  /** Proxies whose series are stored under a namespace that they do not run in. */
  readonly misplaced: readonly Misplaced[];
  /** Proxies that do not count calls which reached no endpoint. */
  readonly silentAboutUnreached: number;
  /** Each of them says that it is new enough to count those. */
  readonly allCountUnreached: boolean;
  /** Recording rules that answer our questions ahead. */
  readonly hasRules: boolean;
}

export interface Misplaced {
  readonly storedAs: string;
  readonly runsIn: string;
  readonly proxies: number;
}

/** v2.246, Linkerd 2.16: the first with outbound route statuses. */
const COUNTS_UNREACHED_SINCE = 246;

export function toStoreFacts(samples: readonly Sample[]): StoreFacts {
  const of = (fact: string) => samples.filter(({ labels }) => labels['fact'] === fact);
  const one = (fact: string) => of(fact)[0]?.value;
  const versions = of('proxies');
  return {
    intervalSeconds: toInterval(one('interval')),
    slowIntervalSeconds: toSlow(toInterval(one('slow')), toInterval(one('pace'))),
    behindSeconds: Math.max(0, (one('late') ?? 0) - (one('age') ?? 0)) || 0,
    proxies: sum(versions),
    pods: one('pods') ?? 0,
    named: one('named') ?? 0,
    mixed: one('mixed') ?? 0,
    workloads: one('workloads') ?? 0,
    hasRules: (one('rules') ?? 0) > 0,
    misplaced: of('places').flatMap(({ labels, value }) => {
      const { namespace: storedAs = '', workload_ns: runsIn = '' } = labels;
      return storedAs && runsIn && storedAs !== runsIn ? [{ storedAs, runsIn, proxies: value }] : [];
    }),
    silentAboutUnreached: sum(
      versions.filter(({ labels }) => (releaseOf(labels) ?? COUNTS_UNREACHED_SINCE) < COUNTS_UNREACHED_SINCE),
    ),
    allCountUnreached:
      versions.length > 0 &&
      versions.every(({ labels }) => (releaseOf(labels) ?? 0) >= COUNTS_UNREACHED_SINCE),
  };
}

function sum(samples: readonly Sample[]): number {
  return samples.reduce((total, { value }) => total + value, 0);
}

/** 246 of `v2.246.0`, or of `2.246.0` as builds from source say; null for those that are numbered otherwise. */
function releaseOf({ exported_version: pushed, version }: Labels): number | null {
  const found = /^v?2\.(\d+)(\.|$)/.exec(pushed || version || '');
  return found ? Number(found[1]) : null;
}

/** Less than so many times the usual one is the same pace, with a gap. */
const SLOW_TIMES = 1.75;

function toSlow(slow: number | null, usual: number | null): number | null {
  return slow !== null && usual !== null && slow >= SLOW_TIMES * usual ? slow : null;
}

/** Nobody scrapes more often; less is a crumb. */
const SHORTEST_INTERVAL_SECONDS = 0.5;

/** A measured interval, without the crumbs of clocks. */
function toInterval(measured: number | undefined): number | null {
  if (measured === undefined || !Number.isFinite(measured)) return null;
  if (measured < SHORTEST_INTERVAL_SECONDS) return null;
  const whole = Math.round(measured);
  return whole > 0 && Math.abs(measured - whole) < 0.1 ? whole : Math.round(measured * 10) / 10;
}
