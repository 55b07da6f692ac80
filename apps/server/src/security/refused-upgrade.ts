// What becomes of the connection of a WebSocket that was refused.

import type { FastifyReply, FastifyRequest } from 'fastify';

export function isUpgrade(request: FastifyRequest): boolean {
  return request.headers.upgrade?.toLowerCase() === 'websocket';
}

/** A server forgets a connection that asked for an upgrade: nobody else would ever close it. */
export function closeRefusedUpgrade(request: FastifyRequest, reply: FastifyReply): void {
  if (isUpgrade(request)) reply.raw.once('finish', () => request.raw.socket?.destroySoon());
}
