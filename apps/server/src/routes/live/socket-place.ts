// Takes the place of a socket before it is upgraded: a page for which there is none is told so, and costs nothing.

import type { Problem } from '@latchwork/shared/problems/problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientAddress } from '../../security/client-address.ts';
import { closeRefusedUpgrade, isUpgrade } from '../../security/refused-upgrade.ts';

const AGAIN_SECONDS = 15;

export async function takeSocketPlace(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  return isUpgrade(request) ? takePlace(request, reply) : undefined;
}

export async function takePlace(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const { id = '', kind } = request.viewer ?? {};
  const isLink = kind === 'link';
  // A token is many people's: each of them has places of their own, as far as addresses tell them apart.
  const who = isLink ? id : `${id} ${clientAddress(request)}`;
  const place = request.server.limits.sockets.take({ id: who, isLink });
  if (place) {
    request.socketPlace = place;
    request.raw.socket?.once('close', place);
    return undefined;
  }
  closeRefusedUpgrade(request, reply);
  const problem: Problem = {
    error: 'too-busy',
    message: 'there are too many open sockets',
    remedy: `try again in ${AGAIN_SECONDS} s, or close other pages of this server`,
  };
  return reply.code(503).header('retry-after', String(AGAIN_SECONDS)).type('application/json').send(problem);
}
