// What pods live in and on: namespaces, nodes, service accounts.

import { NODES } from '../../cluster.ts';
import type { Namespace, Scenario } from '../../scenario/scenario.ts';
import { type KubeObject, toMetadata, toTime } from '../kube-object.ts';
import type { Timeline } from './timeline.ts';

const INJECT = 'linkerd.io/inject';

export function toNamespace({ name, injection, labels }: Namespace, timeline: Timeline): KubeObject {
  const kind = 'Namespace';
  const metadata = toMetadata({
    kind,
    name,
    atMs: timeline.namespacesMs,
    labels: { 'kubernetes.io/metadata.name': name, ...labels },
    ...(injection ? { annotations: { [INJECT]: injection } } : {}),
  });
  return {
    apiVersion: 'v1',
    kind,
    metadata: injection ? { ...metadata, managedFields: [annotatedAt(timeline.injectionMs)] } : metadata,
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

/** The API server notes who wrote a field, and when: how one can tell which pods are older. */
function annotatedAt(atMs: number): object {
  return {
    manager: 'kubectl-annotate',
    operation: 'Update',
    apiVersion: 'v1',
    time: toTime(atMs),
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:metadata': { 'f:annotations': { '.': {}, [`f:${INJECT}`]: {} } } },
  };
}

export function toNodes({ namespacesMs }: Timeline): KubeObject[] {
  return NODES.map(({ name, zone, ip }) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: toMetadata({
      kind: 'Node',
      name,
      atMs: namespacesMs,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/zone': zone,
      },
    }),
    spec: {},
    status: {
      addresses: [
        { type: 'InternalIP', address: ip },
        { type: 'Hostname', address: name },
      ],
      conditions: [
        { type: 'Ready', status: 'True', reason: 'KubeletReady', lastTransitionTime: toTime(namespacesMs) },
      ],
      nodeInfo: { kubeletVersion: 'v1.33.4', operatingSystem: 'linux', architecture: 'amd64' },
    },
  }));
}

/** Every workload has an account of its own name. */
export function toServiceAccounts({ namespaces, workloads }: Scenario, timeline: Timeline): KubeObject[] {
  const kind = 'ServiceAccount';
  const accounts = [
    ...namespaces.map(({ name }) => ({ namespace: name, name: 'default' })),
    ...workloads.map(({ namespace, name }) => ({ namespace, name })),
  ];
  return accounts.map(({ namespace, name }) => ({
    apiVersion: 'v1',
    kind,
    metadata: toMetadata({ kind, namespace, name, atMs: timeline.namespacesMs }),
  }));
}
