// How deep in the mesh something stands: one beyond its callers, one before its callees. A cycle gets equal depths instead
// of a chain, and whoever is called early and late stands between (trophic levels).

export interface Call {
  /** Indices. */
  source: number;
  target: number;
  rps: number;
}

const SWEEPS = 300;
/** Work, not time, is bounded: sweeps times calls. */
const MOST_WORK = 6_000_000;

/** By index: a number that only means more or less. */
export function depths(count: number, calls: readonly Call[]): Float64Array {
  const depth = new Float64Array(count);
  const weights = new Float64Array(count);
  const others: number[][] = Array.from({ length: count }, () => []);
  const pulls: number[][] = Array.from({ length: count }, () => []);
  const steps: number[][] = Array.from({ length: count }, () => []);
  for (const { source, target, rps } of calls) {
    if (source === target) continue;
    const weight = Math.log2(2 + rps);
    const join = (at: number, other: number, step: number) => {
      others[at]!.push(other);
      pulls[at]!.push(weight);
      steps[at]!.push(step);
      weights[at]! += weight;
    };
    join(target, source, 1);
    join(source, target, -1);
  }
  const sweeps = Math.max(10, Math.min(SWEEPS, Math.floor(MOST_WORK / Math.max(1, 2 * calls.length))));
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (let at = 0; at < count; at++) {
      if (weights[at] === 0) continue;
      let sum = 0;
      const [near, pull, step] = [others[at]!, pulls[at]!, steps[at]!];
      for (let i = 0; i < near.length; i++) sum += pull[i]! * (depth[near[i]!]! + step[i]!);
      depth[at] = sum / weights[at]!;
    }
  return depth;
}

export type Outer = 'first' | 'last' | null;

/** Indices from the shallowest to the deepest; callers from nowhere first, the internet last, ties by index. */
export function byDepth(depth: Float64Array, outer: readonly Outer[]): number[] {
  const side = (at: number) => (outer[at] === 'first' ? 0 : outer[at] === 'last' ? 2 : 1);
  return [...depth.keys()].sort((a, b) => side(a) - side(b) || depth[a]! - depth[b]! || a - b);
}
