// Rows of pods without an owner, taken out of the rows of their edge: the question by pod answers both.

import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import { hasOwner, hasTargetOwner } from './peer.ts';

/** Whether some row has an end that only its pod names, or would name. */
export function needsPods(samples: readonly Sample[]): boolean {
  return samples.some(({ labels }) => !hasOwner(labels) || isTargetBare(labels));
}

function isTargetBare(labels: Labels): boolean {
  return Boolean(labels['dst_namespace']) && !hasTargetOwner(labels);
}

function keyOf(labels: Labels): string {
  return Object.entries(labels)
    .filter(([name]) => name !== 'pod' && name !== 'dst_pod')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}

/** What is left of a sum after its parts, when floating point leaves a crumb of it. */
const CRUMB = 1e-9;

/**
 * Each request once: rows by pod as they are, and of the rows by edge what no pod accounts for (a Service whose
 * endpoints are no pods). Rows with owners at both ends pass.
 */
export function splitPods(samples: readonly Sample[]): readonly Sample[] {
  const byPod = new Map<string, number>();
  for (const { labels, value } of samples)
    if (labels['dst_pod'] || (labels['pod'] && labels['dst_namespace'])) {
      const key = keyOf(labels);
      byPod.set(key, (byPod.get(key) ?? 0) + value);
    }
  if (byPod.size === 0) return samples;
  return samples.flatMap((sample) => {
    const { labels, value } = sample;
    if (labels['pod'] || labels['dst_pod'] || (hasOwner(labels) && !isTargetBare(labels))) return [sample];
    const parts = byPod.get(keyOf(labels));
    if (parts === undefined) return [sample];
    const left = value - parts;
    return left > CRUMB * value ? [{ labels, value: left }] : [];
  });
}
