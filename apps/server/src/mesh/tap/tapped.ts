// A tapped request with what its labels mean: who called whom, how it was locked, what let it in. Pure.

import type { Admission, PolicyRef, TappedRequest } from '@latchwork/shared/tap/tap';
import { WITHHELD } from '@latchwork/shared/tap/tap-event';
import type { OpenRequest } from '../../sources/tap/requests.ts';
import { tappedVerdict } from './top-lock.ts';
import { sourceOf, targetOf } from './top-peer.ts';
import { routeOf } from './top-route.ts';
import { isSuccess, statusOf } from './top-success.ts';

/** Its end never came, and is not waited for any more. */
const NO_END = 'no end seen';

/** `other`: the same call as the proxy at its other end told it. */
export function toTapped(
  request: OpenRequest,
  key: string,
  isGivenUp: boolean,
  other: OpenRequest | null = null,
): TappedRequest {
  const { responded, ...known } = request;
  const { encryption, reason } = tappedVerdict(request);
  const inbound = [request, other].find((one) => one?.direction === 'inbound');
  const hasEnded = responded !== null;
  return {
    ...known,
    key,
    from: sourceOf(request),
    to: targetOf(request),
    route: routeOf(request.path),
    lock: { state: encryption, reason: reason || null },
    toldBy: other ? 'both' : request.direction === 'outbound' ? 'caller' : 'target',
    clientId: request.source.labels.client_id || other?.source.labels.client_id || null,
    serverId: request.destination.labels.server_id || other?.destination.labels.server_id || null,
    admission: inbound ? admissionOf(inbound.destination.labels) : null,
    outcome: hasEnded ? statusOf(request) : isGivenUp ? NO_END : null,
    succeeded: hasEnded ? isSuccess(request) : null,
    withheld: withheldIn(request),
  };
}

/** Headers without their values, and values in addresses. */
function withheldIn({ path, requestHeaders, responseHeaders, trailers }: OpenRequest): number {
  const values = [...requestHeaders, ...responseHeaders, ...trailers].map(({ value }) => value);
  const texts = [path, ...values.filter((value) => value !== null)];
  return (
    values.filter((value) => value === null).length +
    texts.reduce((sum, text) => sum + text.split(WITHHELD).length - 1, 0)
  );
}

function admissionOf(labels: Readonly<Record<string, string>>): Admission | null {
  const admission = {
    server: policyOf(labels, 'srv'),
    route: policyOf(labels, 'route'),
    authorization: policyOf(labels, 'authz'),
  };
  return Object.values(admission).some(Boolean) ? admission : null;
}

function policyOf(
  labels: Readonly<Record<string, string>>,
  role: 'srv' | 'route' | 'authz',
): PolicyRef | null {
  const name = labels[`${role}_name`];
  if (!name) return null;
  return { group: labels[`${role}_group`] ?? '', kind: labels[`${role}_kind`] ?? '', name };
}
