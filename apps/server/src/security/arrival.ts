// Where a request arrived, for checks of the name that it came by.

import type { FastifyRequest } from 'fastify';
import type { Arrival } from './allowed-host.ts';

export function arrivalOf({ raw }: FastifyRequest): Arrival {
  // An injected upgrade has no socket.
  return { address: raw.socket?.localAddress ?? '', port: raw.socket?.localPort ?? null };
}
