// Latencies read from buckets: never more digits than the bucket has to give. Pure numbers to words.

import type { Snapshot } from '@latchwork/shared/snapshot';
import { type Figure, figureText } from './figure.ts';

/** Upper bounds in ms of the proxy's own buckets; beyond the last one nothing is known but "more". */
export const PROXY_BOUNDS_MS = [
  1, 2, 3, 4, 5, 10, 20, 30, 40, 50, 100, 200, 300, 400, 500, 1000, 2000, 3000, 4000, 5000, 10_000, 20_000,
  30_000, 40_000, 50_000,
] as const;

/** The bounds that a snapshot's latencies were read from; those of proxies where none were read (yet). */
export function boundsOf({ latencyBoundsMs: read }: Pick<Snapshot, 'latencyBoundsMs'>): readonly number[] {
  return read.length > 0 ? read : PROXY_BOUNDS_MS;
}

/** A bucket wider than this says only where its ends are. */
const WIDE = 2;

/**
 * A quantile: the value where its bucket is narrow enough to place it, else the bucket's ends. One that is over `targetMs`
 * never reads as if it were not.
 */
export function latency(ms: number, bounds?: readonly number[], targetMs?: number): Figure;
export function latency(ms: number | null, bounds?: readonly number[], targetMs?: number): Figure | null;
export function latency(
  ms: number | null,
  bounds: readonly number[] = PROXY_BOUNDS_MS,
  targetMs = Number.POSITIVE_INFINITY,
): Figure | null {
  if (ms === null) return null;
  const last = bounds.at(-1) ?? 0;
  if (ms >= last) return { value: `> ${shortMs(last)}`, unit: unitOf(last) };
  const index = bounds.findIndex((bound) => ms <= bound);
  const upper = bounds[index] as number;
  const lower = bounds[index - 1] ?? 0;
  if (lower === 0) return { value: `< ${shortMs(upper)}`, unit: unitOf(upper) };
  if (upper <= WIDE * lower) return duration(ms, targetMs);
  const from = unitOf(lower) === unitOf(upper) ? shortMs(lower) : figureText(duration(lower));
  return { value: `${from}–${shortMs(upper)}`, unit: unitOf(upper) };
}

/** The upper end alone of what `latency` tells as a range, for where there is no room; null where it is none. */
export function latencyBelow(ms: number, bounds: readonly number[] = PROXY_BOUNDS_MS): Figure | null {
  const index = bounds.findIndex((bound) => ms <= bound);
  const [lower, upper] = [bounds[index - 1] ?? 0, bounds[index]];
  if (lower === 0 || upper === undefined || upper <= WIDE * lower) return null;
  return { value: `< ${shortMs(upper)}`, unit: unitOf(upper) };
}

/**
 * A time that was measured itself, as tap does: whole ms below a second, one decimal below ten of either. One that is over
 * `targetMs` never reads as if it were not.
 */
export function duration(ms: number, targetMs?: number): Figure;
export function duration(ms: number | null, targetMs?: number): Figure | null;
export function duration(ms: number | null, targetMs = Number.POSITIVE_INFINITY): Figure | null {
  if (ms === null) return null;
  return ms > targetMs ? durationAbove(ms, targetMs) : rounded(ms);
}

function rounded(ms: number): Figure {
  return ms < 999.5
    ? { value: String(Math.round(ms)), unit: ' ms' }
    : { value: (ms / 1000).toFixed(1), unit: ' s' };
}

function durationAbove(ms: number, targetMs: number): Figure {
  const [step, digits] = ms < 999.5 ? [1, 0] : [1000, 1];
  const shown = Number((ms / step).toFixed(digits)) * step;
  if (shown > targetMs) return rounded(ms);
  return { value: (shown / step + 10 ** -digits).toFixed(digits), unit: step === 1 ? ' ms' : ' s' };
}

/** The same of one single request: tenths below ten milliseconds. */
export function shortDuration(ms: number | null, targetMs?: number): Figure | null {
  return ms !== null && ms < 9.95 ? { value: ms.toFixed(1), unit: ' ms' } : duration(ms, targetMs);
}

function shortMs(ms: number): string {
  return String(ms < 1000 ? ms : ms / 1000);
}

function unitOf(ms: number): string {
  return ms < 1000 ? ' ms' : ' s';
}
