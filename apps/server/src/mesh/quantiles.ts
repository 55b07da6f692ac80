// Quantiles from the buckets of a histogram, as Prometheus' histogram_quantile has them, with its monotonic repair.
// https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile

export interface Quantiles {
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

export const NO_QUANTILES: Quantiles = { p50Ms: null, p95Ms: null, p99Ms: null };

export class Buckets {
  readonly #rates = new Map<number, number>();

  /** `le` as a label: `1` or, since Prometheus 3, `1.0`. */
  add(le: string | undefined, rate: number): void {
    const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
    if (le === undefined || Number.isNaN(bound) || Number.isNaN(rate)) return;
    this.#rates.set(bound, (this.#rates.get(bound) ?? 0) + rate);
  }

  quantiles(): Quantiles {
    const sorted = [...this.#rates].sort(([a], [b]) => a - b);
    let highest = 0;
    // Buckets are scraped and extrapolated one by one, so that a higher one may seem to hold less.
    const repaired = sorted.map(([bound, rate]) => {
      highest = Math.max(highest, rate);
      return [bound, highest] as const;
    });
    return {
      p50Ms: quantile(0.5, repaired),
      p95Ms: quantile(0.95, repaired),
      p99Ms: quantile(0.99, repaired),
    };
  }
}

/** In ms; the highest finite bound when it lies above that; null without observations or without a `+Inf` bucket. */
function quantile(q: number, buckets: readonly (readonly [number, number])[]): number | null {
  const last = buckets.at(-1);
  if (!last || last[0] !== Number.POSITIVE_INFINITY || buckets.length < 2 || !(last[1] > 0)) return null;
  const rank = q * last[1];
  const index = buckets.findIndex(([, rate]) => rate >= rank);
  if (index === buckets.length - 1) return (buckets[index - 1] as readonly [number, number])[0];
  const [end, upTo] = buckets[index] as readonly [number, number];
  const [start, below] = buckets[index - 1] ?? [0, 0];
  return upTo === below ? end : start + ((end - start) * (rank - below)) / (upTo - below);
}
