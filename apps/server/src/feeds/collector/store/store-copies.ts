// Whether every proxy is stored more than once: what tells the copies apart, and how to count one of each.

import { areTogether, lastTogether, toCopies, toDifferences } from '../../../mesh/store/copies.ts';
import type { Copies } from '../../../mesh/store/survey.ts';
import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import { matcher, oneOf } from '../../../sources/prometheus/questions/promql.ts';
import { copiesQuery, podsByQuery, proxyQuery } from '../../../sources/prometheus/questions/survey.ts';
import type { Inquiry } from './inquiry.ts';

/** Null where there are none, or none that can be told apart. Throws when it is not answered. */
export async function askCopies(
  inquiry: Inquiry,
  client: PrometheusClient,
  own: readonly string[],
): Promise<Copies | null> {
  const [pod] = await inquiry.ask(client, copiesQuery(own));
  if (!pod) return null;
  const { namespace = '', pod: name = '', instance = '' } = pod.labels;
  const which = [
    matcher('namespace', '=', namespace),
    matcher('pod', '=', name),
    matcher('instance', '=', instance),
  ];
  for (const label of toDifferences(await inquiry.ask(client, proxyQuery(which, own)))) {
    const pods = await inquiry.ask(client, podsByQuery(label, own));
    const found = toCopies(label, pods);
    if (!found.chosen) continue;
    const together = await inquiry.ask(client, podsByQuery(label, own), lastTogether(label, pods));
    // One that took the place of another has what comes after it, and is no copy.
    return areTogether(together) ? found : null;
  }
  return null;
}

/** Lets every proxy be counted once. */
export function copiesMatchers(copies: Copies | null): readonly string[] {
  return copies?.chosen ? [oneOf(copies.label, copies.chosen)] : [];
}
