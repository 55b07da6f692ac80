// Pods of another cluster behind a Service that reaches there: peers of their own, never the workload here that has their name.

import type { ExternalNode } from '@latchwork/shared/node';
import { remoteId } from '@latchwork/shared/node-id';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import { type Elsewhere, podKey } from '../store/elsewhere.ts';
import { targetOf } from './peer.ts';

export interface KnownPods {
  readonly elsewhere: Elsewhere | null;
  /** Pods with series in the window; undefined where that was not answered: then nothing is claimed (truth rule 20). */
  readonly pods: readonly Sample[] | undefined;
  /** Whether Kubernetes knows a pod. */
  readonly isInCluster: (namespace: string, pod: string) => boolean;
}

/** Null for an endpoint that is here. */
export type RemotePeerOf = (labels: Labels) => Readonly<ExternalNode> | null;

export function createRemotePeers({ elsewhere, pods, isInCluster }: KnownPods): RemotePeerOf {
  if (elsewhere === null || pods === undefined) return () => null;
  const here = new Set(pods.map(({ labels }) => podKey(labels['namespace'], labels['pod'])));
  return (labels) => {
    const { dst_namespace: namespace, dst_pod: pod, dst_service: service } = labels;
    if (!namespace || !pod || !service || here.has(podKey(namespace, pod))) return null;
    if (isInCluster(namespace, pod)) return null;
    const found = elsewhere.clusterOf(labels);
    const workload = found && targetOf(labels);
    if (workload?.type !== 'workload') return null;
    const { kind, name } = workload;
    return {
      type: 'external',
      id: remoteId(found?.cluster ?? null, namespace, kind, name),
      what: 'remote',
      name: `${name}.${namespace}`,
    };
  };
}

export function remoteNote(service: string | undefined): string {
  return `these requests went to pods of another cluster, behind the Service ${service ?? ''}: what those count themselves is not in these metrics`;
}
