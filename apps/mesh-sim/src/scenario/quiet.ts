// What takes no part in any traffic: only Kubernetes knows of it, and a reader of the mesh must not miss it.

import type { Workload } from './scenario.ts';

export const quietWorkloads: readonly Workload[] = [
  {
    // The Service of this name has nobody behind it.
    namespace: 'harbour',
    kind: 'deployment',
    name: 'souvenirs',
    replicas: [],
  },
  {
    namespace: 'harbour',
    kind: 'deployment',
    name: 'loudspeaker',
    replicas: [{ meshed: false, ageDays: 12 }],
    template: { injection: 'disabled' },
  },
  {
    // Younger than the annotation of its namespace: the injector did not answer when its pod was made.
    namespace: 'booking',
    kind: 'deployment',
    name: 'gift-cards',
    replicas: [{ meshed: false, ageDays: 2 }],
  },
  {
    namespace: 'booking',
    kind: 'cronjob',
    name: 'refund-sweep',
    replicas: [],
    stillPods: [
      { phase: 'Succeeded', ageDays: 1 },
      { phase: 'Failed', ageDays: 0.5 },
    ],
  },
  {
    namespace: 'fleet',
    kind: 'replicationcontroller',
    name: 'foghorn',
    replicas: [{ meshed: true }],
    template: { annotations: { 'viz.linkerd.io/disable-tap': 'true' } },
  },
  {
    namespace: 'fleet',
    kind: 'daemonset',
    name: 'pier-camera',
    replicas: [
      { meshed: false, ageDays: 20 },
      { meshed: false, ageDays: 20 },
    ],
    template: { hostNetwork: true },
  },
];
