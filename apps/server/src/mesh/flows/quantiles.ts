// Quantiles from the buckets of a histogram, as Prometheus' histogram_quantile has them, with its monotonic repair.
// https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile

import { COUNT_BOUND } from '../../sources/prometheus/questions/latency.ts';

export interface Quantiles {
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

export const NO_QUANTILES: Quantiles = { p50Ms: null, p95Ms: null, p99Ms: null };

export class Buckets {
  readonly #rates = new Map<number, number>();
  #count = 0;

  /** `le` as a label: `1` or, since Prometheus 3, `1.0`; or what stands for the last one. */
  add(le: string | undefined, rate: number): void {
    if (le === COUNT_BOUND) {
      if (!Number.isNaN(rate)) this.#count += rate;
      return;
    }
    const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
    if (le === undefined || Number.isNaN(bound) || Number.isNaN(rate)) return;
    this.#rates.set(bound, (this.#rates.get(bound) ?? 0) + rate);
  }

  quantiles(): Quantiles {
    const last = Math.max(this.#rates.get(Number.POSITIVE_INFINITY) ?? 0, this.#count);
    if (last > 0) this.#rates.set(Number.POSITIVE_INFINITY, last);
    const bounds = [...Float64Array.from(this.#rates.keys()).sort()];
    let highest = 0;
    // Buckets are scraped and extrapolated one by one, so that a higher one may seem to hold less.
    const rates = bounds.map((bound) => {
      highest = Math.max(highest, this.#rates.get(bound) ?? 0);
      return highest;
    });
    if (bounds.length < 2 || bounds.at(-1) !== Number.POSITIVE_INFINITY || !(highest > 0))
      return NO_QUANTILES;
    return {
      p50Ms: quantile(0.5, bounds, rates),
      p95Ms: quantile(0.95, bounds, rates),
      p99Ms: quantile(0.99, bounds, rates),
    };
  }
}

/** In ms; the highest finite bound when it lies above that. The last bound is infinite, and rates never fall. */
function quantile(q: number, bounds: readonly number[], rates: readonly number[]): number {
  const rank = q * (rates.at(-1) as number);
  const index = rates.findIndex((rate) => rate >= rank);
  const end = bounds[index] as number;
  const start = bounds[index - 1] ?? 0;
  if (end === Number.POSITIVE_INFINITY) return start;
  const upTo = rates[index] as number;
  const below = rates[index - 1] ?? 0;
  return upTo === below ? end : start + ((end - start) * (rank - below)) / (upTo - below);
}
