// Which families and bounds a store holds, by side: read from the answers to the survey. Pure.

import type { Sample } from '../../sources/prometheus/sample.ts';

export type Side = 'inbound' | 'outbound';

const BUCKETS = 'response_latency_ms_bucket';

export interface StoredBounds {
  /** Finite ones in ms, rising, that at least one histogram has. */
  readonly all: readonly number[];
  /** Those that every histogram has: what differs from pod to pod cannot be added up. */
  readonly common: readonly number[];
  /** How many histograms have the last one, `+Inf`. */
  readonly last: 'all' | 'some' | 'none';
  /** Histograms of which no bucket is stored, as far as their counts are. */
  readonly without: number;
}

/** Proxies of a namespace that lack families which the store has of others. */
export interface Lacking {
  readonly namespace: string;
  readonly proxies: number;
  readonly families: readonly string[];
}

export interface StoredFamilies {
  readonly lacking: readonly Lacking[];
  /** Series of a family; of one of its sides, where `side` is given. */
  count(family: string, side?: Side): number;
  /** Null where no bucket of that side is stored. */
  bounds(side: Side): StoredBounds | null;
}

/** The sides of which the store keeps requests, but not how they ended. */
export function requestsOnly({ count }: StoredFamilies): Side[] {
  return (['inbound', 'outbound'] as const).filter(
    (side) => count('response_total', side) === 0 && count('request_total', side) > 0,
  );
}

export function toStoredFamilies(families: readonly Sample[], buckets: readonly Sample[]): StoredFamilies {
  const counts = new Map<string, number>();
  for (const { labels, value } of families) {
    const { family = '', direction = '' } = labels;
    if (family === '') continue;
    counts.set(family, (counts.get(family) ?? 0) + value);
    if (direction) counts.set(`${family} ${direction}`, value);
  }
  const count = (family: string, side?: Side) => counts.get(side ? `${family} ${side}` : family) ?? 0;
  return {
    count,
    lacking: toLacking(families, (family) => (family === BUCKETS ? buckets.length > 0 : count(family) > 0)),
    bounds: (side) =>
      toBounds(
        buckets.filter(({ labels }) => labels['direction'] === side),
        count('response_latency_ms_count', side),
      ),
  };
}

/** Of families that no proxy has other words are said. */
function toLacking(rows: readonly Sample[], isStored: (family: string) => boolean): Lacking[] {
  const found = rows.flatMap(({ labels, value }) => {
    const { lacking: family, namespace = '' } = labels;
    return family && value > 0 && isStored(family) ? [{ family, namespace, proxies: value }] : [];
  });
  const same = Map.groupBy(found, ({ namespace, proxies }) => JSON.stringify([namespace, proxies]));
  return [...same.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { namespace, proxies } = first;
    return [{ namespace, proxies, families: group.map(({ family }) => family) }];
  });
}

/** `histograms`: how many there are, as far as another family of theirs tells. */
function toBounds(buckets: readonly Sample[], histograms: number): StoredBounds | null {
  const counts = new Map<number, number>();
  for (const { labels, value } of buckets) {
    const le = labels['le'] ?? '';
    const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le || Number.NaN);
    // Prometheus 3 writes `1.0` where older ones write `1`: a store may hold both.
    if (!Number.isNaN(bound)) counts.set(bound, (counts.get(bound) ?? 0) + value);
  }
  if (counts.size === 0) return null;
  const most = Math.max(...counts.values());
  const all = [...counts.keys()].filter(Number.isFinite).sort((a, b) => a - b);
  const last = counts.get(Number.POSITIVE_INFINITY) ?? 0;
  return {
    all,
    common: all.filter((bound) => (counts.get(bound) ?? 0) >= most),
    last: last === 0 ? 'none' : last >= most ? 'all' : 'some',
    without: Math.max(0, histograms - most),
  };
}
