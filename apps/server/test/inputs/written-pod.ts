// A pod as a store remembers it: what happened to it, and the scrapes that saw the sums of it.

import type { WrittenSeries } from '../../../../scripts/remote-write.ts';

type Labels = Readonly<Record<string, string>>;

/** Something counted: so many at once, under these labels. */
export interface Happening {
  readonly at: number;
  readonly labels: Labels;
  readonly count: number;
}

export interface WrittenPod {
  readonly labels: Labels;
  /** Unix seconds, rising: when the proxy started, and started anew. Counters begin at nothing each time. */
  readonly starts: readonly number[];
  /** Unix seconds, rising. */
  readonly scrapes: readonly number[];
  readonly happenings: readonly Happening[];
  /** Families that the store drops. */
  readonly without?: readonly string[];
  /** Since when the store keeps its requests; absent: always. */
  readonly requestsSince?: number;
  /** When a scrape found it gone, or under other labels; absent: nobody said so. */
  readonly endsAt?: number;
}

const SCRAPES: Labels = {
  __name__: 'response_total',
  ...{ direction: 'inbound', target_port: '4191', route_name: 'default', tls: 'no_identity' },
  ...{ classification: 'success', status_code: '200' },
};

/** A series is there from the first scrape after its first count on; it ends where a scrape does not see it. */
export function writtenPod({
  labels,
  starts,
  scrapes,
  happenings,
  without = [],
  requestsSince = Number.NEGATIVE_INFINITY,
  endsAt,
}: WrittenPod): WrittenSeries[] {
  const startOf = (at: number) => starts.findLast((start) => start <= at) ?? Number.NEGATIVE_INFINITY;
  const families = new Map<string, { labels: Labels; valueAt: (at: number) => number | null }>();
  function add(own: Labels, valueAt: (at: number) => number | null): void {
    families.set(JSON.stringify(own), { labels: { ...labels, ...own }, valueAt });
  }
  add({ __name__: 'proxy_build_info' }, () => 1);
  add({ __name__: 'process_start_time_seconds' }, startOf);
  // A scrape is a request, too; its answer is counted when the next one comes.
  add(SCRAPES, (at) => scrapes.filter((one) => one < at && one >= startOf(at)).length || null);
  for (const key of new Set(happenings.map((one) => JSON.stringify(one.labels)))) {
    const own = happenings.filter((one) => JSON.stringify(one.labels) === key);
    add(JSON.parse(key) as Labels, (at) => {
      const counted = own.filter((one) => one.at <= at && one.at >= startOf(at));
      return counted.length === 0 ? null : counted.reduce((sum, { count }) => sum + count, 0);
    });
  }
  const kept = [...families.values()].flatMap(({ labels: all, valueAt }) => {
    if (without.includes(all['__name__'] ?? '')) return [];
    const samples: [number, number | null][] = [];
    const since = all['__name__'] === 'response_total' ? requestsSince : Number.NEGATIVE_INFINITY;
    for (const at of scrapes) {
      const value = at >= since ? valueAt(at) : null;
      if (value !== null || (samples.at(-1)?.[1] ?? null) !== null) samples.push([at, value]);
    }
    if (endsAt !== undefined && samples.length > 0) samples.push([endsAt, null]);
    return samples.length === 0 ? [] : [{ labels: all, samples }];
  });
  return scrapes.length === 0 ? kept : [...kept, seriesAdded(labels, scrapes, kept)];
}

/** How many series each scrape brought that the one before had not, as Prometheus and agents count them. */
function seriesAdded(
  labels: Labels,
  scrapes: readonly number[],
  kept: readonly WrittenSeries[],
): WrittenSeries {
  const times = kept.map(
    ({ samples }) => new Set([...samples].flatMap(([at, value]) => (value === null ? [] : at))),
  );
  const added = (at: number, index: number) =>
    times.filter((own) => own.has(at) && !own.has(scrapes[index - 1] ?? Number.NaN)).length;
  return {
    labels: { ...labels, __name__: 'scrape_series_added' },
    samples: scrapes.map((at, index) => [at, added(at, index)]),
  };
}

/** Scrapes every so many seconds. */
export function scrapes(from: number, to: number, everySeconds: number): number[] {
  const times: number[] = [];
  for (let at = from; at <= to; at += everySeconds) times.push(at);
  return times;
}

/** So many a second, one by one. */
export function steady(labels: Labels, perSecond: number, from: number, to: number): Happening[] {
  return scrapes(from, to, 1 / perSecond).map((at) => ({ at, labels, count: 1 }));
}
