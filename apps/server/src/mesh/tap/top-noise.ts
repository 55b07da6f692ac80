// Requests that are the mesh's own business: scrapes, tap itself, and the kubelet's probes. Pure.

import type { TapRequest } from '@latchwork/shared/tap/tap-event';

const ADMIN_PORTS = /:(4190|4191)$/;

/** A probe without mTLS only: whoever has an identity and asks for the same path is a caller. */
export function isNoise({ direction, source, destination }: TapRequest): boolean {
  if (ADMIN_PORTS.test(destination.address)) return true;
  return direction === 'inbound' && destination.labels.route_name === 'probe' && source.labels.tls !== 'true';
}
