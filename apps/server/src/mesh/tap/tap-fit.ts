// Whether a tapped request fits the filters. The proxies apply them already; a recording played to us does not. Pure.

import type { TapRequest } from '@latchwork/shared/tap/tap-event';
import type { TapMatch } from '../../sources/tap/target.ts';
import { targetOf } from './top-peer.ts';

export function fitsTap(request: TapRequest, { to, method, scheme, authority, path }: TapMatch): boolean {
  return (
    (to === undefined || isSentTo(request, to)) &&
    (method === undefined || request.method === method) &&
    (scheme === undefined || request.scheme === scheme) &&
    (authority === undefined || request.authority === authority) &&
    (path === undefined || request.path.startsWith(path))
  );
}

/** Inbound destinations have no workload yet where filters are applied. */
function isSentTo(request: TapRequest, { namespace, workload }: NonNullable<TapMatch['to']>): boolean {
  const { labels } = request.destination;
  if (request.direction === 'inbound' || labels.namespace !== namespace) return false;
  if (workload === null) return true;
  if (workload.kind === 'pod') return labels.pod === workload.name;
  return targetOf(request).id === `${namespace}/${workload.kind}/${workload.name}`;
}
