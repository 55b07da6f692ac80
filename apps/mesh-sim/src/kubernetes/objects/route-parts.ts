// The parts that routes of both groups share: what they match, and what the policy controller says of them.

import { toTime } from '../kube-object.ts';

export function acceptedCondition(atMs: number, type = 'Accepted'): object {
  return { type, status: 'True', reason: type, lastTransitionTime: toTime(atMs), message: '' };
}

export function acceptedParent(parentRef: object, atMs: number, ...more: readonly string[]): object {
  const conditions = ['Accepted', ...more].map((type) => acceptedCondition(atMs, type));
  return { parents: [{ conditions, controllerName: 'linkerd.io/policy-controller', parentRef }] };
}

/** `GET /seats/{id}` → that method, and every path that begins so. */
export function pathMatch(ask: string): object {
  const [method, path = '/'] = ask.split(' ');
  const fixed = path.split('/{')[0] || '/';
  return { path: { type: path.includes('{') ? 'PathPrefix' : 'Exact', value: fixed }, method };
}

/** `POST /package.Service/Method` of a gRPC call. */
export function grpcMatch(ask: string): object {
  const [, service, method] = /\/([^/]+)\/([^/]+)$/.exec(ask) ?? [];
  return { method: { type: 'Exact', service, method } };
}
