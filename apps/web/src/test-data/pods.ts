// Invented pods as Kubernetes would tell of them, for tests.

import type { About } from '@latchwork/shared/about';
import type { Edge } from '@latchwork/shared/edge';
import type { InventoryPod } from '@latchwork/shared/inventory';
import type { Finding } from '@latchwork/shared/problems/finding';
import type { Workload, WorkloadDetail } from '@latchwork/shared/workload';
import { finding } from './finding.ts';
import { ABOUT } from './stage.ts';
import { snapshot } from './workloads.ts';

export const WITH_KUBERNETES: About = {
  ...ABOUT,
  kubernetes: { available: true, reason: null, server: 'https://cluster', identity: 'jane' },
};

export const OLDER = finding({
  code: 'older',
  what: 'the pod is older than the annotation',
  remedy: 'restart the workload',
  command: 'kubectl -n shop rollout restart deploy/cart',
});

export function pod(name: string, more: Partial<InventoryPod> = {}): InventoryPod {
  return {
    name,
    phase: 'Running',
    status: 'Running',
    ready: true,
    restarts: 0,
    createdAt: '2026-11-23T15:00:00Z',
    node: 'worker-1',
    meshed: true,
    nativeSidecar: false,
    proxyVersion: 'edge-26.8.3',
    serviceAccount: 'cart',
    identity: null,
    skippedInbound: [],
    skippedOutbound: [],
    opaquePorts: [],
    unmeshed: null,
    tap: null,
    ...more,
  };
}

export function detail(
  workload: Workload,
  pods: readonly InventoryPod[],
  more: { findings?: Finding[]; callers?: Edge[]; nodes?: WorkloadDetail['nodes'] } = {},
): WorkloadDetail {
  const { workloads: _workloads, ...around } = snapshot([]);
  const { id, namespace, kind, name } = workload;
  const meshed = pods.filter((one) => one.meshed).length;
  return {
    ...around,
    ...workload,
    callers: more.callers ?? [],
    callees: [],
    nodes: more.nodes ?? [],
    findings: more.findings ?? [],
    inventory: {
      id,
      namespace,
      kind,
      name,
      createdAt: '2026-11-01T00:00:00Z',
      replicas: pods.length,
      injection: 'enabled',
      counts: { meshed, running: pods.length, failed: 0 },
      serviceAccounts: ['cart'],
      identities: [],
      pods: [...pods],
    },
  };
}
