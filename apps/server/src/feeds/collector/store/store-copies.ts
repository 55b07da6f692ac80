// Whether every proxy is stored more than once: what tells the copies apart, and how to count one of each.

import { areTogether, lastTogether, toCopies, toDifferences } from '../../../mesh/store/copies.ts';
import { podKey } from '../../../mesh/store/pod-places.ts';
import type { Copies } from '../../../mesh/store/survey.ts';
import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import {
  type CopiedFamily,
  copiesQuery,
  namesakesQuery,
  podsByQuery,
  proxyQuery,
} from '../../../sources/prometheus/questions/copies.ts';
import { matcher, oneOf } from '../../../sources/prometheus/questions/promql.ts';
import type { Sample } from '../../../sources/prometheus/sample.ts';
import type { Inquiry } from './inquiry.ts';

type Ask = (text: string, atSeconds?: number) => Promise<Sample[]>;

/**
 * Null where there are none, or none that can be told apart. `isPushed`: some came through another Prometheus, under which
 * their own names are pushed aside. Throws when it is not answered.
 */
export async function askCopies(
  inquiry: Inquiry,
  client: PrometheusClient,
  own: readonly string[],
  isPushed: boolean,
): Promise<Copies | null> {
  const ask: Ask = (text, atSeconds) => inquiry.ask(client, text, atSeconds);
  const pods = await ask(copiesQuery(own));
  const proxies = pods.find(({ labels }) => labels['family'] !== 'scrapes');
  if (proxies) return await tell(ask, own, 'proxies', await differences(ask, own, 'proxies', proxies));
  // Under its own name and under one that was pushed aside it is one only for us.
  if (isPushed && areNamesakes(await ask(namesakesQuery(own))))
    return await tell(ask, own, 'proxies', ['job']);
  const scrapes = pods.find(({ labels }) => labels['family'] === 'scrapes');
  if (!scrapes) return null;
  const labels = await differences(ask, own, 'scrapes', scrapes);
  const [first] = labels;
  const found = await tell(ask, own, 'scrapes', labels);
  return found ?? (first === undefined ? null : { label: first, values: [], chosen: null });
}

async function differences(
  ask: Ask,
  own: readonly string[],
  family: CopiedFamily,
  { labels }: Sample,
): Promise<string[]> {
  const which = ['namespace', 'pod', 'instance'].map((name) => matcher(name, '=', labels[name] ?? ''));
  const series = await ask(proxyQuery(which, own, family));
  // Of the scrapes of one proxy that ended in other ways than these nothing is said.
  const same = family === 'proxies' ? series : series.filter((one) => isSame(one, labels));
  return toDifferences(same);
}

function isSame(one: Sample, labels: Sample['labels']): boolean {
  return Object.entries(labels).every(([name, value]) => name === 'family' || one.labels[name] === value);
}

function areNamesakes(pods: readonly Sample[]): boolean {
  const counts = new Map<string, number>();
  for (const { labels, value } of pods) {
    const key = podKey(labels['namespace'], labels['pod']);
    if (labels['pod']) counts.set(key, (counts.get(key) ?? 0) + value);
  }
  return [...counts.values()].some((count) => count > 1);
}

async function tell(
  ask: Ask,
  own: readonly string[],
  family: CopiedFamily,
  labels: readonly string[],
): Promise<Copies | null> {
  for (const label of labels) {
    const pods = await ask(podsByQuery(label, own, family));
    const whole = family === 'scrapes' ? await ask(podsByQuery(label, own)) : [];
    const found = toCopies(label, pods, whole);
    if (!found.chosen) continue;
    const together = await ask(podsByQuery(label, own, family), lastTogether(label, pods));
    // One that took the place of another has what comes after it, and is no copy.
    return areTogether(together) ? found : null;
  }
  return null;
}

/** Lets every proxy be counted once. */
export function copiesMatchers(copies: Copies | null): readonly string[] {
  return copies?.chosen ? [oneOf(copies.label, copies.chosen)] : [];
}
