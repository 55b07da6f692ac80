// The bounds of the buckets that latencies were read from: how exact they are is said by the data.

import type { MeshAnswers } from './answers.ts';

/** Finite ones in ms, rising. */
export function toLatencyBounds({ inboundLatency = [], outboundLatency = [] }: MeshAnswers): number[] {
  const texts = new Set<string>();
  for (const samples of [inboundLatency, outboundLatency])
    for (const { labels } of samples) {
      const { le } = labels;
      if (le) texts.add(le);
    }
  // Prometheus 3 writes `1.0` where older ones write `1`: a store may hold both.
  return [...new Set([...texts].map(Number))].filter(Number.isFinite).sort((a, b) => a - b);
}
