// Pods and Services of another cluster, behind a Service that reaches there: peers of their own, never the workload here that has their name.

import type { ExternalNode } from '@latchwork/shared/node';
import { parseNodeId, remoteId } from '@latchwork/shared/node-id';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import type { ClusterView } from '../cluster/cluster-view.ts';
import type { Elsewhere, Place } from '../store/elsewhere.ts';
import { calledService, createIsHere, podKey } from '../store/pod-places.ts';
import { targetOf } from './peer.ts';

export interface KnownPods {
  readonly elsewhere: Elsewhere | null;
  /** Pods with series in the window; undefined where that was not answered: then nothing is claimed (truth rule 20). */
  readonly pods: readonly Sample[] | undefined;
  /** What Kubernetes knows; null without it. */
  readonly cluster: Pick<ClusterView, 'pods' | 'remoteClusters' | 'mirrored'> | null;
}

/** Null for an endpoint that is here. */
export type RemotePeerOf = (labels: Labels) => Readonly<ExternalNode> | null;

export function createRemotePeers(known: KnownPods): RemotePeerOf {
  const mirroredOf = createMirrored(known);
  const podOf = createRemotePods(known);
  return (labels) => mirroredOf(labels) ?? podOf(labels);
}

/** A Service behind the gateway of another cluster: it is as far as callers see. */
function createMirrored({ elsewhere, cluster }: KnownPods): RemotePeerOf {
  const mirrored = new Map([...(cluster?.mirrored ?? []), ...(elsewhere?.mirrored ?? [])]);
  if (mirrored.size === 0) return () => null;
  return (labels) => {
    const there = mirrored.get(calledService(labels));
    if (!there || targetOf(labels)?.type !== 'service') return null;
    const { cluster: name, namespace, service } = there;
    const id = remoteId(name, namespace, 'service', service);
    return { type: 'external', id, what: 'remote', name: `${service}.${namespace}` };
  };
}

function createRemotePods({ elsewhere, pods, cluster }: KnownPods): RemotePeerOf {
  if (!elsewhere?.reaching || pods === undefined) return () => null;
  const isHere = createIsHere(pods);
  const named = new Set(pods.map(({ labels }) => podKey(labels['namespace'], labels['pod'])));
  return (labels) => {
    const { dst_namespace: namespace, dst_pod: pod, dst_service: service } = labels;
    if (!namespace || !pod || !service || isHere(labels)) return null;
    // Of two clusters that have a pod of this name Kubernetes knows but its own.
    const key = podKey(namespace, pod);
    if (cluster?.pods.has(key) && !named.has(key)) return null;
    const place = elsewhere.clusterOf(labels);
    const workload = place && targetOf(labels);
    if (workload?.type !== 'workload') return null;
    const { kind, name } = workload;
    const id = remoteId(
      nameOf(place, cluster?.remoteClusters.get(calledService(labels))),
      namespace,
      kind,
      name,
    );
    return { type: 'external', id, what: 'remote', name: `${name}.${namespace}` };
  };
}

/** Where a Service reaches into one other cluster, that is the one. */
function nameOf(place: Place | null, clusters: readonly string[] = []): string | null {
  if (place === null || place.isNamed) return place?.cluster ?? null;
  return (clusters.length === 1 && clusters[0]) || place.cluster;
}

export function remoteNote(id: string, service: string | undefined): string {
  const parts = parseNodeId(id);
  if (parts?.type === 'external' && parts.what === 'remote' && parts.kind === 'service')
    return `these requests went to the gateway of cluster ${parts.cluster}, behind the Service ${service ?? ''}: which pods answered there is not in these metrics`;
  return `these requests went to pods of another cluster, behind the Service ${service ?? ''}: what those count themselves is not in these metrics`;
}
