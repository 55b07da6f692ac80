// Pods, and the workloads and namespaces that they add up to.

import type { InventoryPod, MeshedCount } from '@latchwork/shared/inventory';
import { workloadId } from '@latchwork/shared/node-id';
import type { StatRow } from '@latchwork/shared/stat';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import { withClusterLabels } from '../cluster/cluster-labels.ts';
import { sourceOf, type WorkloadPeer } from '../flows/peer.ts';
import { isThere } from '../inventory/pod-status.ts';
import type { Mesh } from '../mesh.ts';
import { isNoise } from '../noise.ts';
import type { MeshScope } from '../scope.ts';
import { StatTally } from './stat-tally.ts';

type PodKind = 'workload' | 'namespace' | 'pod';
type Row = Omit<StatRow, 'golden' | 'refused' | 'decisions' | 'tcp'>;

/** Of everything that counts, and of what Kubernetes knows besides; not cut to the scope. */
export function podStat(mesh: Mesh, kind: PodKind, { noise }: Pick<MeshScope, 'noise'>): StatRow[] {
  const { statAnswers, names, windowSeconds } = mesh;
  const rows = new Map<string, { readonly row: Row; readonly tally: StatTally }>();
  function of(row: Row): StatTally {
    const known = rows.get(row.id);
    if (known) return known.tally;
    const tally = new StatTally();
    rows.set(row.id, { row, tally });
    return tally;
  }
  function each(
    samples: readonly Sample[] | undefined,
    add: (tally: StatTally, labels: Labels, value: number) => void,
    least = Number.MIN_VALUE,
  ) {
    for (const sample of samples ?? []) {
      const { labels } = names ? withClusterLabels(sample, names) : sample;
      const workload = sourceOf(labels);
      if (!workload || !Number.isFinite(sample.value)) continue;
      // A pod that counts nothing but noise is there all the same.
      const tally = of(toRow(kind, workload, sample.labels['pod'] ?? ''));
      if (sample.value >= least && (noise === 'show' || !isNoise(labels))) add(tally, labels, sample.value);
    }
  }
  each(statAnswers.podResponses, (tally, labels, value) => tally.addResponses(labels, value));
  // An empty bucket is where the next one begins.
  each(statAnswers.podLatency, (tally, labels, value) => tally.addLatency(labels, value), 0);
  each(statAnswers.podCounts, (tally, labels, value) => tally.addCount(labels, value));
  const scraped = new Set(rows.keys());
  const known = knownRows(mesh, kind);
  for (const row of known.values()) of(row);
  return [...rows.values()].map(({ row, tally }) => ({
    ...row,
    ...known.get(row.id),
    meshed: scraped.has(row.id) || (known.get(row.id)?.meshed ?? null),
    golden: tally.golden(windowSeconds),
    refused: scraped.has(row.id) ? tally.refused : null,
    decisions: null,
    tcp: tally.tcp,
  }));
}

const PLAIN = { owner: null, status: null, meshed: null, pods: null };

function toRow(kind: PodKind, workload: WorkloadPeer, pod: string): Row {
  const { namespace } = workload;
  if (kind === 'namespace') return { ...PLAIN, id: namespace, kind, namespace, name: namespace };
  if (kind === 'workload') {
    const { id, kind: own, name } = workload;
    return { ...PLAIN, id, kind: own, namespace, name };
  }
  return { ...PLAIN, id: `${namespace}/pod/${pod}`, kind, namespace, name: pod, owner: workload.id };
}

/** What Kubernetes says of each, by id. */
function knownRows({ cluster, statAnswers }: Mesh, kind: PodKind): Map<string, Row> {
  const rows = new Map<string, Row>();
  // Pods of now say nothing of another moment: then there are none.
  if (!cluster || statAnswers.podResponses === undefined) return rows;
  const namespaces = new Map(cluster.inventory.namespaces.map(({ name, counts }) => [name, counts]));
  for (const workload of cluster.workloads.values()) {
    const { id, kind: own, namespace, name, counts } = workload;
    if (kind === 'workload')
      rows.set(id, { ...PLAIN, ...{ id, kind: own, namespace, name }, ...told(counts) });
    if (kind === 'namespace')
      rows.set(namespace, {
        ...PLAIN,
        id: namespace,
        kind,
        namespace,
        name: namespace,
        ...told(namespaces.get(namespace)),
      });
    if (kind === 'pod')
      for (const pod of workload.pods) {
        const { name: podName, meshed, status } = pod;
        const podId = workloadId(namespace, kind, podName);
        rows.set(podId, {
          ...{ id: podId, kind, namespace, name: podName, owner: id, status, meshed },
          pods: podCounts(pod),
        });
      }
  }
  return rows;
}

function podCounts(pod: InventoryPod): MeshedCount {
  const runs = isThere(pod);
  return {
    meshed: Number(runs && pod.meshed),
    running: Number(runs),
    failed: Number(pod.phase === 'Failed'),
  };
}

function told(counts: MeshedCount | null | undefined): Pick<Row, 'meshed' | 'pods'> {
  return counts ? { pods: counts, meshed: counts.meshed > 0 } : { pods: null, meshed: null };
}
