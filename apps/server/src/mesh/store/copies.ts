// Proxies that are stored more than once: what tells the copies apart, and which of them to count. Pure.

import type { Sample } from '../../sources/prometheus/sample.ts';
import type { Copies } from './survey.ts';

/** Of an ordinary scrape: they name the proxy itself. */
const OWN = ['namespace', 'pod', 'instance', '__name__'];

/** The labels in which the series of one proxy differ; those that sound like replicas first. */
export function toDifferences(series: readonly Sample[]): string[] {
  const names = new Set(series.flatMap(({ labels }) => Object.keys(labels)));
  return [...names]
    .filter((name) => !OWN.includes(name))
    .filter((name) => new Set(series.map(({ labels }) => labels[name] ?? '')).size > 1)
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function rank(label: string): number {
  if (/replica/i.test(label)) return 0;
  return /prometheus|receive|monitor|ingest/i.test(label) ? 1 : 2;
}

/** `samples`: the pods of every value of `label`. */
export function toCopies(label: string, samples: readonly Sample[]): Copies {
  const podsOf = new Map<string, Set<string>>();
  for (const { labels } of samples) {
    const value = labels[label] ?? '';
    const pods = podsOf.get(value) ?? new Set();
    podsOf.set(value, pods.add(JSON.stringify([labels['namespace'], labels['pod'], labels['instance']])));
  }
  const values = [...podsOf.keys()].sort();
  return { label, values, chosen: choose(values, podsOf) };
}

/** The values with most pods first, as long as none is counted twice; null unless all are counted then. */
function choose(
  values: readonly string[],
  podsOf: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] | null {
  const sizeOf = (value: string) => podsOf.get(value)?.size ?? 0;
  const counted = new Set<string>();
  const chosen: string[] = [];
  for (const value of values.toSorted((a, b) => sizeOf(b) - sizeOf(a))) {
    const pods = podsOf.get(value) ?? new Set<string>();
    if ([...pods].some((pod) => counted.has(pod))) continue;
    chosen.push(value);
    for (const pod of pods) counted.add(pod);
  }
  const all = new Set([...podsOf.values()].flatMap((pods) => [...pods]));
  return counted.size === all.size && chosen.length < values.length ? chosen.sort() : null;
}
