// Services, as their callers count what they send them.

import { parseNodeId, serviceId } from '@latchwork/shared/node-id';
import type { StatRow } from '@latchwork/shared/stat';
import type { Sample } from '../../sources/prometheus/sample.ts';
import type { Mesh } from '../mesh.ts';
import { serviceKey } from '../store/pod-places.ts';
import { StatTally } from './stat-tally.ts';

export function serviceStat({ statAnswers, cluster, elsewhere, windowSeconds }: Mesh): StatRow[] {
  const mirrored = new Map([...(cluster?.mirrored ?? []), ...(elsewhere?.mirrored ?? [])]);
  const tallies = new Map<string, StatTally>();
  function of(id: string): StatTally {
    const tally = tallies.get(id) ?? new StatTally();
    tallies.set(id, tally);
    return tally;
  }
  function each(samples: readonly Sample[] | undefined, add: (tally: StatTally, sample: Sample) => void) {
    for (const sample of samples ?? []) {
      const { dst_namespace: namespace, dst_service: name } = sample.labels;
      if (namespace && name && Number.isFinite(sample.value)) add(of(serviceId(namespace, name)), sample);
    }
  }
  each(statAnswers.serviceResponses, (tally, { labels, value }) => tally.addResponses(labels, value));
  each(statAnswers.serviceLatency, (tally, { labels, value }) => tally.addLatency(labels, value));
  each(statAnswers.serviceCounts, (tally, { labels, value }) => tally.addCount(labels, value));
  for (const id of cluster?.routing.services ?? []) of(id);
  return [...tallies].flatMap(([id, tally]) => {
    const parts = parseNodeId(id);
    if (parts?.type !== 'service') return [];
    const there = mirrored.get(serviceKey(parts.namespace, parts.name));
    return [
      {
        ...{ id, kind: 'service', namespace: parts.namespace, name: parts.name },
        ...{ owner: null, status: null, meshed: null, pods: null, refused: null, decisions: null },
        ...(there ? { cluster: there.cluster } : {}),
        golden: tally.golden(windowSeconds),
        tcp: tally.tcp,
      },
    ];
  });
}
