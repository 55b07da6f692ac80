// Invented tapped requests, for tests.

import type { Tap, TappedRequest } from '@latchwork/shared/tap/tap';
import { top } from './top.ts';

export function tapped(more: Partial<TappedRequest> = {}): TappedRequest {
  return {
    key: 'a-1',
    at: '2026-11-23T15:46:02.914Z',
    direction: 'inbound',
    source: {
      address: '10.0.0.1:40000',
      labels: { namespace: 'shop', deployment: 'web', pod: 'web-1', serviceaccount: 'web', tls: 'true' },
    },
    destination: {
      address: '10.0.0.2:8080',
      labels: { namespace: 'shop', deployment: 'reviews', pod: 'reviews-1', serviceaccount: 'reviews' },
    },
    method: 'GET',
    scheme: 'http',
    authority: 'reviews.shop:8080',
    path: '/reviews/310',
    requestHeaders: [
      { name: 'accept', value: '*/*' },
      { name: 'authorization', value: null },
    ],
    httpStatus: 200,
    responseHeaders: [{ name: 'content-type', value: 'application/json' }],
    grpcStatus: null,
    resetError: null,
    trailers: [],
    latencyMs: 8.1,
    durationMs: 9,
    routeLabels: {},
    from: { id: 'shop/deployment/web', label: 'web', namespace: 'shop' },
    to: { id: 'shop/deployment/reviews', label: 'reviews', namespace: 'shop' },
    route: '/reviews/{id}',
    toldBy: 'target',
    lock: { state: 'secured', reason: null },
    clientId: 'web.shop.serviceaccount.identity.linkerd.cluster.local',
    serverId: null,
    admission: {
      server: { group: 'policy.linkerd.io', kind: 'server', name: 'reviews-http' },
      route: { group: '', kind: 'default', name: 'default' },
      authorization: { group: 'policy.linkerd.io', kind: 'authorizationpolicy', name: 'reviews-callers' },
    },
    outcome: '200',
    succeeded: true,
    ...more,
  };
}

export function tap(requests: readonly TappedRequest[], more: Partial<Tap> = {}): Tap {
  const { rows: _rows, counters, ...head } = top([]);
  const { received, expired, lost, limitRps, aboutRps } = counters;
  const held = { received, requests: requests.length, expired, lost, limitRps, aboutRps };
  return {
    ...head,
    requests: [...requests],
    counters: { ...held, hidden: 0, bothSides: 0, dropped: 0 },
    ...more,
  };
}
