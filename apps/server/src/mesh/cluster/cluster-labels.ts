// Labels of a series, put right by what Kubernetes knows: who really owns a pod, and which route is for probes. Pure.

import { parseNodeId, workloadId } from '@latchwork/shared/node-id';
import type { WorkloadKind } from '@latchwork/shared/workload-kind';
import type { Labels } from '../../sources/prometheus/sample.ts';
import { DST_OWNER, OWNER, REVISION } from '../flows/peer.ts';
import type { ClusterView } from './cluster-view.ts';

/** Names that are better than those of the series. */
export type Known = Pick<ClusterView, 'aliases' | 'isProbe'>;

const NOTHING: Known = { aliases: new Map(), isProbe: () => false };

/** What Kubernetes says, and where it says nothing, what pods say of themselves; null where nobody does. */
export function toKnown(cluster: Known | null, podOwners: ReadonlyMap<string, string>): Known | null {
  if (podOwners.size === 0) return cluster;
  const { aliases, isProbe } = cluster ?? NOTHING;
  return { aliases: new Map([...podOwners, ...aliases]), isProbe };
}

/** Owners that may have an owner themselves, as a series calls them: the label of the kind, and the kind in ids. */
const OWNED: readonly (readonly [string, WorkloadKind])[] = [
  ['k8s_job', 'job'],
  ['replicaset', 'replicaset'],
  ['pod', 'pod'],
];
const TARGET_OWNED: readonly (readonly [string, WorkloadKind])[] = [
  ['dst_k8s_job', 'job'],
  ['dst_job', 'job'],
  ['dst_replicaset', 'replicaset'],
  ['dst_pod', 'pod'],
];

/** The same row when nothing is known better. */
export function withClusterLabels<T extends { readonly labels: Labels }>(row: T, cluster: Known): T {
  const labels = toClusterLabels(row.labels, cluster);
  return labels === row.labels ? row : { ...row, labels };
}

function toClusterLabels(labels: Labels, { aliases, isProbe }: Known): Labels {
  const better: Record<string, string> = {
    ...ownerIn(labels, aliases, 'namespace', '', OWNED),
    ...ownerIn(labels, aliases, 'dst_namespace', 'dst_', TARGET_OWNED),
    ...(servesProbe(labels, isProbe) ? { route_name: 'probe' } : {}),
  };
  return Object.keys(better).length === 0 ? labels : { ...labels, ...better };
}

function ownerIn(
  labels: Labels,
  aliases: Known['aliases'],
  namespaceLabel: string,
  prefix: string,
  owned: readonly (readonly [string, WorkloadKind])[],
): Record<string, string> {
  for (const [label, kind] of owned) {
    const name = labels[label];
    if (!name) continue;
    const top = parseNodeId(aliases.get(workloadId(labels[namespaceLabel] ?? '', kind, name)) ?? '');
    if (top?.type !== 'workload') continue;
    const { kind: better, name: owner } = top;
    const named = { [label]: '', [prefix === '' ? OWNER : DST_OWNER]: `${better}/${owner}` };
    return prefix === '' && kind !== 'pod' ? { ...named, [REVISION]: name } : named;
  }
  return {};
}

/** A series of a route that the user made for probes looks like any caller's: it gets the name of Linkerd's own route for them. */
function servesProbe(labels: Labels, isProbe: Known['isProbe']): boolean {
  const { namespace, srv_name: server, route_name: route, authz_name: authorization } = labels;
  const port = Number(labels['target_port'] || labels['srv_port']);
  if (!namespace || !server || !route || !authorization || !Number.isInteger(port)) return false;
  return labels['tls'] !== 'true' && isProbe({ namespace, server, route, authorization, port });
}
