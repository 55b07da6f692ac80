// Least squares under order: pool adjacent violators. Knows numbers only.

/**
 * Positions nearest to `wanted` (by `weight`) that keep their order, with at least `apart[i]` between i − 1 and i, all
 * between `low` and `high`; what does not fit is pressed together at equal scale. `apart[0]` is ignored.
 */
export function isotonic(
  wanted: readonly number[],
  weight: readonly number[],
  apart: readonly number[],
  low: number,
  high: number,
): number[] {
  const offset: number[] = [];
  let total = 0;
  for (const i of wanted.keys()) {
    if (i > 0) total += apart[i]!;
    offset.push(total);
  }
  const room = high - low;
  if (total > room) return offset.map((at) => low + (room * at) / total);

  const means: number[] = [];
  const weights: number[] = [];
  const sizes: number[] = [];
  for (const i of wanted.keys()) {
    means.push(wanted[i]! - offset[i]!);
    weights.push(weight[i]!);
    sizes.push(1);
    while (means.length > 1 && means.at(-2)! > means.at(-1)!) {
      const [mean, w, size] = [means.pop()!, weights.pop()!, sizes.pop()!];
      const k = means.length - 1;
      means[k] = (means[k]! * weights[k]! + mean * w) / (weights[k]! + w);
      weights[k]! += w;
      sizes[k]! += size;
    }
  }
  const positions: number[] = [];
  for (const [k, size] of sizes.entries()) {
    const mean = Math.min(Math.max(means[k]!, low), high - total);
    for (let i = 0; i < size; i++) positions.push(mean + offset[positions.length]!);
  }
  return positions;
}
