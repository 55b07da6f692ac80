// Proxies that are stored more than once: what tells the copies apart, and which of them to count. Pure.

import { OWN_OWNER_LABELS } from '../../sources/prometheus/questions/owners/owner-labels.ts';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import { podKey } from './pod-places.ts';
import type { Copies } from './survey.ts';

/** Of an ordinary scrape: they name the proxy itself, or whose it is. */
const OWN = ['namespace', 'pod', 'instance', '__name__', ...OWN_OWNER_LABELS.map(([label]) => label)];
/** Behind the newest of all: one that stores no more is no copy, although an instant query still sees it. */
const ENDED_SECONDS = 90;

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

interface Copy {
  readonly value: string;
  readonly pods: ReadonlySet<string>;
  /** Seconds by which its newest samples are older than those of the others, at least. */
  readonly behindSeconds: number;
}

/**
 * `samples`: the pods of every value of `label`, and when each was seen last under it (Unix seconds). `whole`: the same of those
 * that are stored with more than requests, where that tells which copy to count.
 */
export function toCopies(label: string, samples: readonly Sample[], whole: readonly Sample[] = []): Copies {
  const versions = Map.groupBy(whole, ({ labels }) => labels[label] ?? '');
  const copies = copiesOf(label, samples)
    .filter(({ behindSeconds }) => behindSeconds <= ENDED_SECONDS)
    .sort((a, b) => (versions.get(b.value)?.length ?? 0) - (versions.get(a.value)?.length ?? 0));
  const isWhole = whole.length > 0;
  return { label, values: copies.map(({ value }) => value).sort(), chosen: choose(copies, isWhole) };
}

/** Unix seconds of the last moment at which all values were stored, if ever they were. */
export function lastTogether(label: string, samples: readonly Sample[]): number {
  const byValue = Map.groupBy(samples, ({ labels }) => labels[label] ?? '');
  return Math.min(...[...byValue.values()].map((own) => Math.max(...own.map(({ value }) => value))));
}

/** Whether some pod is stored under several values at once. */
export function areTogether(samples: readonly Sample[]): boolean {
  const pods = samples.map(({ labels }) => podOf(labels));
  return new Set(pods).size < pods.length;
}

/** Whoever scrapes gives the same pod an instance of its own. */
function podOf({ namespace, pod, instance = '' }: Labels): string {
  return pod ? podKey(namespace, pod) : `${namespace} ${instance}`;
}

function copiesOf(label: string, samples: readonly Sample[]): Copy[] {
  const newest = new Map<string, number>();
  const seen = samples.map(({ labels, value }) => {
    const pod = podOf(labels);
    newest.set(pod, Math.max(newest.get(pod) ?? value, value));
    return { value: labels[label] ?? '', pod, at: value };
  });
  return [...Map.groupBy(seen, ({ value }) => value)].map(([value, own]) => ({
    value,
    pods: new Set(own.map(({ pod }) => pod)),
    behindSeconds: Math.min(...own.map(({ pod, at }) => (newest.get(pod) ?? at) - at)),
  }));
}

/**
 * The values with most pods first, then the freshest, as long as none is counted twice; null unless all are counted then.
 * `areRanked`: in the order that they have.
 */
function choose(copies: readonly Copy[], areRanked: boolean): readonly string[] | null {
  const counted = new Set<string>();
  const chosen: string[] = [];
  const inOrder = areRanked
    ? copies
    : copies.toSorted(
        (a, b) =>
          b.pods.size - a.pods.size || a.behindSeconds - b.behindSeconds || (a.value < b.value ? -1 : 1),
      );
  for (const { value, pods } of inOrder) {
    if ([...pods].some((pod) => counted.has(pod))) continue;
    chosen.push(value);
    for (const pod of pods) counted.add(pod);
  }
  const all = new Set(copies.flatMap(({ pods }) => [...pods]));
  return counted.size === all.size && chosen.length < copies.length ? chosen.sort() : null;
}
