// Where passengers arrive: the ingress, the site, the timetable and its canary, the weather.

import type { Crowd, Service, Workload } from './scenario.ts';

const timetableEndpoints = [
  { ask: 'GET /sailings', responseBytes: 2_400 },
  { ask: 'GET /sailings/today', responseBytes: 900 },
];

export const harbourWorkloads: readonly Workload[] = [
  {
    namespace: 'harbour',
    kind: 'deployment',
    name: 'gangway',
    replicas: [{ meshed: true }],
    template: { annotations: { 'config.linkerd.io/skip-outbound-ports': '25,4000-4010' } },
    listener: {
      port: 8080,
      protocol: 'http',
      probed: true,
      latency: { medianMs: 3, spread: 0.4 },
      endpoints: [
        { ask: 'GET /', calls: [{ to: 'harbour/web', ask: 'GET /', chance: 1 }] },
        { ask: 'GET /sailings', calls: [{ to: 'harbour/web', ask: 'GET /sailings', chance: 1 }] },
        { ask: 'GET /ferries', calls: [{ to: 'harbour/web', ask: 'GET /ferries', chance: 1 }] },
        { ask: 'GET /map', calls: [{ to: 'harbour/web', ask: 'GET /map', chance: 1 }] },
        {
          ask: 'POST /bookings',
          requestBytes: 420,
          calls: [{ to: 'harbour/web', ask: 'POST /bookings', chance: 1 }],
        },
        { ask: 'GET /bookings/{id}', calls: [{ to: 'harbour/web', ask: 'GET /bookings/{id}', chance: 1 }] },
        { ask: 'GET /desk', calls: [{ to: 'booking/web', ask: 'GET /', chance: 1 }] },
      ],
    },
  },
  {
    namespace: 'harbour',
    kind: 'deployment',
    name: 'web',
    replicas: [{ meshed: true }, { meshed: true, restartsEverySeconds: 660 }],
    listener: {
      port: 8080,
      protocol: 'http',
      probed: true,
      latency: { medianMs: 9, spread: 0.5 },
      failureShare: 0.001,
      endpoints: [
        {
          ask: 'GET /',
          responseBytes: 3_800,
          calls: [
            { to: 'harbour/timetable', ask: 'GET /sailings/today', chance: 0.6 },
            { to: 'harbour/weather', ask: 'GET /forecast', chance: 0.1, optional: true },
          ],
        },
        {
          ask: 'GET /sailings',
          responseBytes: 5_200,
          calls: [
            { to: 'harbour/timetable', ask: 'GET /sailings', chance: 1 },
            { to: 'harbour/souvenirs', ask: 'GET /offers', chance: 0.07, optional: true },
          ],
        },
        {
          ask: 'GET /ferries',
          responseBytes: 1_600,
          calls: [
            { to: 'fleet/tracker', ask: 'POST /ferryline.tracker.v1.Tracker/ListFerries', chance: 1 },
            { to: 'harbour/weather', ask: 'GET /forecast', chance: 0.2, optional: true },
          ],
        },
        {
          ask: 'GET /map',
          responseBytes: 12_000,
          calls: [
            { to: 'tiles.example.org', ask: 'GET /tiles/{id}', chance: 1, optional: true },
            { to: 'fleet/tracker', ask: 'POST /ferryline.tracker.v1.Tracker/ListFerries', chance: 0.4 },
          ],
        },
        {
          ask: 'POST /bookings',
          requestBytes: 420,
          calls: [{ to: 'booking/tickets', ask: 'POST /tickets', chance: 1 }],
        },
        {
          ask: 'GET /bookings/{id}',
          calls: [{ to: 'booking/tickets', ask: 'GET /tickets/{id}', chance: 1 }],
        },
      ],
    },
  },
  {
    namespace: 'harbour',
    kind: 'deployment',
    name: 'timetable',
    replicas: [{ meshed: true }],
    listener: {
      port: 8080,
      protocol: 'http',
      probed: true,
      latency: { medianMs: 12, spread: 0.45 },
      endpoints: timetableEndpoints,
    },
  },
  {
    namespace: 'harbour',
    kind: 'deployment',
    name: 'timetable-canary',
    replicas: [{ meshed: true }],
    listener: {
      port: 8080,
      protocol: 'http',
      probed: true,
      latency: { medianMs: 34, spread: 0.5 },
      failureShare: 0.03,
      endpoints: timetableEndpoints,
    },
  },
  {
    namespace: 'harbour',
    kind: 'deployment',
    name: 'weather',
    replicas: [{ meshed: true }],
    listener: {
      port: 8080,
      protocol: 'http',
      probed: true,
      latency: { medianMs: 460, spread: 0.6 },
      endpoints: [{ ask: 'GET /forecast', responseBytes: 2_900 }],
      policy: { type: 'rate', server: 'weather-http', name: 'weather', perIdentityRps: 2 },
    },
  },
];

export const harbourServices: readonly Service[] = [
  {
    namespace: 'harbour',
    name: 'timetable',
    port: 80,
    workload: 'timetable',
    split: {
      route: 'timetable-split',
      backends: [
        { service: 'timetable-stable', weight: 85 },
        { service: 'timetable-canary', weight: 15 },
      ],
    },
  },
  { namespace: 'harbour', name: 'timetable-stable', port: 80, workload: 'timetable' },
  { namespace: 'harbour', name: 'souvenirs', port: 80, workload: null },
];

export const passengers: Crowd = {
  to: 'harbour/gangway',
  authority: 'www.ferryline.example',
  rps: 18,
  mix: [
    { ask: 'GET /', weight: 38 },
    { ask: 'GET /sailings', weight: 24 },
    { ask: 'GET /ferries', weight: 16 },
    { ask: 'GET /map', weight: 8 },
    { ask: 'POST /bookings', weight: 7 },
    { ask: 'GET /bookings/{id}', weight: 5 },
    { ask: 'GET /desk', weight: 2 },
  ],
};
