// The ferry line with a second cluster across the water: Services that the service mirror made of those there, a gateway of
// each cluster, and the mirror's own controller (https://linkerd.io/2/features/multicluster/).

import { ferryLine } from './ferry-line.ts';
import type { FarCluster, Infrastructure, Scenario, Service, Workload } from './scenario.ts';

const MULTICLUSTER = 'linkerd-multicluster';
const west: FarCluster = { name: 'west', gateway: { ip: '203.0.113.70', port: 4143 }, probeMs: 18 };

function part(name: string, label: Infrastructure['label']): Workload {
  return {
    ...{ namespace: MULTICLUSTER, kind: 'deployment', name, replicas: [{ meshed: true }] },
    infrastructure: { label, adminPorts: [], proxyPorts: [] },
  };
}

function mirrored(service: string, medianMs: number, failureShare: number): Service {
  const mirror = { cluster: west.name, service, medianMs, failureShare };
  return { namespace: 'harbour', name: `${service}-${west.name}`, port: 80, workload: null, mirror };
}

/** Asks for the tides of the other shore. */
const tides: Workload = {
  ...{ namespace: 'harbour', kind: 'deployment', name: 'tides', replicas: [{ meshed: true }] },
  loops: [
    { to: 'harbour/berths-west', rpsPerPod: 4, mix: [{ ask: 'GET /berths', weight: 1 }] },
    { to: 'harbour/soundings-west', rpsPerPod: 1.5, mix: [{ ask: 'GET /soundings/{id}', weight: 1 }] },
  ],
};

export const twoShores: Scenario = {
  ...ferryLine,
  namespaces: [
    ...ferryLine.namespaces,
    { name: MULTICLUSTER, labels: { 'linkerd.io/extension': 'multicluster' } },
  ],
  workloads: [
    ...ferryLine.workloads,
    tides,
    part('linkerd-gateway', { component: 'gateway', extension: 'multicluster' }),
    part('controller-west', { component: 'controller', extension: 'multicluster', mirrors: west.name }),
  ],
  services: [...ferryLine.services, mirrored('berths', 24, 0.002), mirrored('soundings', 40, 0.06)],
  farClusters: [west],
};
