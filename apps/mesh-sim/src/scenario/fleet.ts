// What is at sea and what it comes home to: positions by gRPC from every boat, and the old yard without a mesh.

import type { EgressNetwork, External, Workload } from './scenario.ts';

const REPORT = 'POST /ferryline.tracker.v1.Tracker/ReportPosition';
const LIST = 'POST /ferryline.tracker.v1.Tracker/ListFerries';

export const fleetWorkloads: readonly Workload[] = [
  {
    namespace: 'fleet',
    kind: 'deployment',
    name: 'tracker',
    replicas: [{ meshed: true }],
    listener: {
      port: 9090,
      protocol: 'grpc',
      latency: { medianMs: 7, spread: 0.5 },
      failureShare: 0.002,
      grpcCodes: [{ code: 14, weight: 1 }],
      endpoints: [
        {
          ask: REPORT,
          requestBytes: 90,
          responseBytes: 20,
          calls: [{ to: 'fleet/positions', ask: 'PUT /positions/{id}', chance: 1 }],
        },
        {
          ask: LIST,
          requestBytes: 30,
          responseBytes: 900,
          calls: [
            { to: 'fleet/positions', ask: 'GET /positions', chance: 0.9 },
            { to: 'yard/depot', ask: 'GET /berths', chance: 0.25, optional: true },
          ],
        },
      ],
    },
  },
  {
    namespace: 'fleet',
    kind: 'deployment',
    name: 'positions',
    // The second pod was started before its namespace was injected.
    replicas: [
      { meshed: true, weight: 3 },
      { meshed: false, weight: 2, ageDays: 9 },
    ],
    listener: {
      port: 8080,
      protocol: 'http',
      probed: true,
      latency: { medianMs: 4, spread: 0.5 },
      endpoints: [
        { ask: 'PUT /positions/{id}', requestBytes: 110, responseBytes: 15 },
        { ask: 'GET /positions', responseBytes: 1_100 },
      ],
    },
  },
  {
    namespace: 'fleet',
    kind: 'daemonset',
    name: 'beacon',
    replicas: [{ meshed: true }, { meshed: true }],
    loops: [
      { to: 'fleet/tracker', rpsPerPod: 2.8, mix: [{ ask: REPORT, weight: 1 }] },
      { to: 'yard/depot', rpsPerPod: 0.3, mix: [{ ask: 'POST /signals', weight: 1 }] },
      { to: 'clock.example.org', rpsPerPod: 0.3, mix: [{ ask: 'GET /time', weight: 1 }] },
    ],
  },
  {
    namespace: 'fleet',
    kind: 'deployment',
    name: 'crew',
    replicas: [{ meshed: true }],
    // No node has room for the second one.
    stillPods: [{ phase: 'Pending', ageDays: 0.02 }],
    listener: {
      port: 8080,
      protocol: 'http',
      probed: true,
      latency: { medianMs: 10, spread: 0.4 },
      endpoints: [{ ask: 'GET /rosters', responseBytes: 800 }],
    },
  },
  {
    namespace: 'yard',
    kind: 'deployment',
    name: 'depot',
    replicas: [{ meshed: false, ageDays: 20 }],
    listener: {
      port: 8080,
      protocol: 'http',
      probed: true,
      latency: { medianMs: 140, spread: 0.55 },
      failureShare: 0.01,
      endpoints: [
        { ask: 'GET /berths', responseBytes: 2_600 },
        { ask: 'POST /signals', requestBytes: 240, responseBytes: 40 },
      ],
    },
  },
  {
    namespace: 'yard',
    kind: 'deployment',
    name: 'kiosk',
    replicas: [{ meshed: false, ageDays: 20 }],
    loops: [
      { to: 'harbour/timetable', rpsPerPod: 1.4, mix: [{ ask: 'GET /sailings', weight: 1 }] },
      { to: 'harbour/gangway', rpsPerPod: 0.3, mix: [{ ask: 'GET /sailings', weight: 1 }] },
    ],
  },
];

export const fleetExternals: readonly External[] = [
  { host: 'clock.example.org', ip: '203.0.113.71', port: 80, latency: { medianMs: 30, spread: 0.3 } },
];

export const fleetEgress: EgressNetwork = { namespace: 'fleet', name: 'shore-only', allow: false };
