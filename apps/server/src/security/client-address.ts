// Where a request comes from, as limits tell it: what a trusted proxy says, else the other end of the connection.

import type { FastifyRequest } from 'fastify';
import { addressKey } from './address.ts';

export function clientAddress(request: FastifyRequest): string {
  // An injected upgrade has no socket.
  return request.raw.socket?.remoteAddress === undefined ? '' : addressKey(request.ip);
}
