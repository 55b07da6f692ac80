// What the endpoints of each Service answered, whoever asked for them and by which route. Pure.

import { serviceId } from '@latchwork/shared/node-id';
import type { Sample } from '../../sources/prometheus/sample.ts';
import { Tally } from './tally.ts';

/** By the Service's id. `answers`: of `routeBackends`, which has them as a protocol of their own. */
export function toServiceAnswers(answers: readonly Sample[]): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const { labels, value } of answers) {
    const { protocol, dst_service: name, dst_namespace: namespace, classification } = labels;
    if (protocol !== 'service' || !name || !namespace) continue;
    const id = serviceId(namespace, name);
    const tally = tallies.get(id) ?? new Tally();
    tally.add(value, classification === 'success');
    tallies.set(id, tally);
  }
  return tallies;
}
