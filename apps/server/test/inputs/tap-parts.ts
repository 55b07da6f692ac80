// Parts of tapped requests for tests: a mesh pod calls another one, unless a test says otherwise.

import type { TapPeer } from '@latchwork/shared/tap/tap-event';
import type { EndPart, RequestPart, ResponsePart, TapPart } from '../../src/sources/tap/tap-part.ts';

export interface CallOptions {
  readonly direction?: 'inbound' | 'outbound';
  readonly source?: Partial<TapPeer>;
  readonly destination?: Partial<TapPeer>;
  readonly streamId?: string;
  readonly request?: Partial<RequestPart>;
  /** Null: no response came. */
  readonly response?: Partial<ResponsePart> | null;
  readonly end?: Partial<EndPart>;
}

export function podLabels(name: string, namespace = 'shop', more: Record<string, string> = {}) {
  return { namespace, deployment: name, pod: `${name}-1`, control_plane_ns: 'linkerd', ...more };
}

/** The labels with which both proxies see one secured call. */
export function securedEnds(
  direction: 'inbound' | 'outbound',
  from = 'web',
  to = 'cart',
  namespace = 'shop',
) {
  return direction === 'outbound'
    ? {
        source: { labels: podLabels(from, namespace, { tls: 'loopback' }) },
        destination: { labels: podLabels(to, namespace, { tls: 'true', server_id: `${to}.${namespace}` }) },
      }
    : {
        source: { labels: podLabels(from, namespace, { tls: 'true', client_id: `${from}.${namespace}` }) },
        destination: { labels: podLabels(to, namespace, { tls: 'loopback' }) },
      };
}

let streams = 0;

/** Beginning, answer and end of one request. */
export function call({
  direction = 'outbound',
  source = {},
  destination = {},
  streamId = `0:${streams++}`,
  request = {},
  response = {},
  end = {},
}: CallOptions = {}): TapPart[] {
  const ends = securedEnds(direction);
  const any = {
    direction,
    source: { address: '10.0.0.1:40000', ...ends.source, ...source },
    destination: { address: '10.0.0.2:8080', ...ends.destination, ...destination },
    routeLabels: {},
    streamId,
  };
  return [
    {
      ...any,
      kind: 'request',
      method: 'GET',
      scheme: 'http',
      authority: 'cart.shop.svc.cluster.local',
      path: '/carts/17',
      headers: [],
      ...request,
    },
    ...(response === null
      ? []
      : [
          {
            ...any,
            kind: 'response' as const,
            sinceRequestMs: 5,
            httpStatus: 200,
            headers: [],
            ...response,
          },
        ]),
    {
      ...any,
      kind: 'end',
      sinceRequestMs: 6,
      sinceResponseMs: response === null ? null : 1,
      grpcStatus: null,
      resetError: null,
      trailers: [],
      ...end,
    },
  ];
}
