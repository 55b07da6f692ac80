// Where tickets are sold: the counter's own site, tickets, seats, payments, the ledger, and a nightly job that asks too much.

import type { ConnectionRoute, EgressNetwork, External, GrpcRoutes, Workload } from './scenario.ts';

const AUTHORIZE = 'POST /ferryline.payments.v1.Payments/Authorize';
const CAPTURE = 'POST /ferryline.payments.v1.Payments/Capture';

export const bookingWorkloads: readonly Workload[] = [
  {
    namespace: 'booking',
    kind: 'deployment',
    name: 'web',
    replicas: [{ meshed: true }],
    listener: {
      port: 8080,
      protocol: 'http',
      probed: true,
      latency: { medianMs: 14, spread: 0.45 },
      endpoints: [
        {
          ask: 'GET /',
          responseBytes: 2_100,
          calls: [
            { to: 'booking/tickets', ask: 'GET /tickets', chance: 1 },
            { to: 'booking/seats', ask: 'GET /seats/{id}', chance: 0.8, optional: true },
          ],
        },
      ],
    },
    // The departure board in the hall refreshes itself.
    loops: [
      { to: 'harbour/weather', rpsPerPod: 2.7, mix: [{ ask: 'GET /forecast', weight: 1 }] },
      {
        to: 'booking/seats',
        rpsPerPod: 0.5,
        mix: [
          { ask: 'GET /seats/{id}', weight: 2 },
          { ask: 'GET /seating-plan', weight: 1 },
        ],
      },
    ],
  },
  {
    namespace: 'booking',
    kind: 'deployment',
    name: 'tickets',
    replicas: [{ meshed: true }, { meshed: true }],
    listener: {
      port: 8080,
      protocol: 'http',
      probed: true,
      latency: { medianMs: 18, spread: 0.5 },
      failureShare: 0.003,
      endpoints: [
        {
          ask: 'POST /tickets',
          requestBytes: 510,
          responseBytes: 640,
          calls: [
            { to: 'booking/seats', ask: 'POST /holds', chance: 1, optional: true },
            { to: 'booking/payments', ask: AUTHORIZE, chance: 1 },
            { to: 'booking/payments', ask: CAPTURE, chance: 0.85 },
          ],
        },
        {
          ask: 'GET /tickets/{id}',
          responseBytes: 700,
          calls: [{ to: 'booking/seats', ask: 'GET /seats/{id}', chance: 0.7, optional: true }],
        },
        { ask: 'GET /tickets', responseBytes: 4_400 },
      ],
      policy: {
        type: 'callers',
        server: 'tickets-http',
        name: 'ticket-desk',
        allow: ['web.harbour', 'web.booking'],
      },
    },
    links: [
      {
        to: 'booking/ledger',
        held: 3,
        opensPerSecond: 0.25,
        readBytesPerSecond: 1_900,
        writeBytesPerSecond: 640,
      },
    ],
  },
  {
    namespace: 'booking',
    kind: 'deployment',
    name: 'seats',
    replicas: [{ meshed: true }],
    listener: {
      port: 8080,
      protocol: 'http',
      latency: { medianMs: 24, spread: 0.55 },
      failureShare: 0.08,
      endpoints: [
        { ask: 'GET /seats/{id}', responseBytes: 380 },
        { ask: 'POST /holds', requestBytes: 160, responseBytes: 120 },
      ],
      policy: {
        type: 'routes',
        server: 'seats-http',
        routes: [
          { name: 'seats-lookup', asks: ['GET /seats/{id}'] },
          { name: 'seats-hold', asks: ['POST /holds'] },
        ],
      },
    },
    links: [
      {
        to: 'booking/ledger',
        held: 1,
        opensPerSecond: 0.1,
        readBytesPerSecond: 420,
        writeBytesPerSecond: 130,
      },
    ],
  },
  {
    namespace: 'booking',
    kind: 'deployment',
    name: 'payments',
    replicas: [{ meshed: true }, { meshed: true }],
    // Its statistics go past the proxy, and nobody reads them.
    template: { annotations: { 'config.linkerd.io/skip-inbound-ports': '9102' } },
    listener: {
      port: 9090,
      protocol: 'grpc',
      latency: { medianMs: 31, spread: 0.5 },
      failureShare: 0.035,
      // 9 is the customer's problem and no failure, 14 is.
      grpcCodes: [
        { code: 9, weight: 3 },
        { code: 14, weight: 1 },
      ],
      endpoints: [
        { ask: AUTHORIZE, requestBytes: 125, responseBytes: 85 },
        { ask: CAPTURE, requestBytes: 65, responseBytes: 45 },
      ],
    },
    links: [
      {
        to: 'bank.example.net',
        held: 1,
        opensPerSecond: 0.05,
        readBytesPerSecond: 380,
        writeBytesPerSecond: 240,
      },
    ],
  },
  {
    namespace: 'booking',
    kind: 'statefulset',
    name: 'ledger',
    replicas: [{ meshed: true }],
    template: {
      annotations: { 'config.linkerd.io/opaque-ports': '5432' },
      proxyAmongContainers: true,
      proxyVersion: 'edge-26.5.2',
    },
    listener: { port: 5432, protocol: 'tcp' },
  },
  {
    namespace: 'booking',
    kind: 'job',
    name: 'nightly-report',
    replicas: [{ meshed: true }],
    loops: [
      { to: 'booking/tickets', rpsPerPod: 0.8, mix: [{ ask: 'GET /tickets', weight: 1 }] },
      { to: 'booking/seats', rpsPerPod: 0.6, mix: [{ ask: 'GET /seats/{id}', weight: 1 }] },
    ],
  },
];

export const bookingGrpcRoutes: readonly GrpcRoutes[] = [
  {
    service: 'booking/payments',
    routes: [
      { name: 'payments-authorize', asks: [AUTHORIZE] },
      { name: 'payments-capture', asks: [CAPTURE] },
    ],
  },
];

export const bookingConnectionRoutes: readonly ConnectionRoute[] = [
  { kind: 'TCPRoute', name: 'ledger-connections', service: 'booking/ledger' },
  { kind: 'TLSRoute', name: 'bank-alone', network: 'booking/card-processors', hosts: ['bank.example.net'] },
];

export const bookingExternals: readonly External[] = [
  { host: 'bank.example.net', ip: '203.0.113.44', port: 443, tls: true },
];

export const bookingEgress: EgressNetwork = { namespace: 'booking', name: 'card-processors', allow: true };
