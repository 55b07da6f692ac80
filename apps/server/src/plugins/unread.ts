// Answers that nobody reads are memory of everybody: what waits to be read is bounded, in all and of each who asks.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Problem } from '@latchwork/shared/problems/problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { clientAddress } from '../security/client-address.ts';

/** Above the answers of a large mesh to a few people at once; both fit the memory that the chart gives. */
const MOST_BYTES = 48 * 1024 * 1024;
const MOST_BYTES_OF_ONE = 16 * 1024 * 1024;
/** Browsers and proxies wait for one answer before they ask the next on the same connection. */
const MOST_AT_ONCE = 8;
const AGAIN_SECONDS = 15;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its answers are the same memory for all who read them. */
    isShared?: boolean;
  }
}

export const unreadPlugin = fp(
  async (app) => {
    const ofOne = new Map<string, number>();
    let all = 0;

    function hold(who: string, bytes: number): void {
      all += bytes;
      const own = (ofOne.get(who) ?? 0) + bytes;
      if (own > 0) ofOne.set(who, own);
      else ofOne.delete(who);
    }

    app.server.on('request', cutPipelines());
    app.addHook('onSend', async (request, reply, payload) => {
      const isTheirs = !request.routeOptions.config.isShared;
      const bytes =
        isTheirs && (typeof payload === 'string' || Buffer.isBuffer(payload)) ? payload.length : 0;
      // Whoever has left reads nothing, and their connection will not close again.
      if (bytes === 0 || reply.raw.destroyed) return payload;
      const who = whoOf(request);
      // One answer alone may be as large as it is.
      const own = ofOne.get(who) ?? 0;
      if ((own > 0 && own + bytes > MOST_BYTES_OF_ONE) || (all > 0 && all + bytes > MOST_BYTES))
        return refuse(reply);
      hold(who, bytes);
      reply.raw.once('close', () => hold(who, -bytes));
      return payload;
    });
  },
  { name: 'unread' },
);

function whoOf(request: FastifyRequest): string {
  return `${request.viewer?.id ?? ''} ${clientAddress(request)}`;
}

function refuse(reply: FastifyReply): string {
  const problem: Problem = {
    error: 'too-busy',
    message: 'there are too many answers that nobody has read yet',
    remedy: `read them, or try again in ${AGAIN_SECONDS} s`,
  };
  reply.code(503).headers({ 'retry-after': String(AGAIN_SECONDS), 'cache-control': 'no-store' });
  reply.removeHeader('content-length');
  reply.removeHeader('content-encoding');
  reply.type('application/json');
  return JSON.stringify(problem);
}

/** Node answers all that came in one piece at once, however many. */
function cutPipelines() {
  const atOnce = new WeakMap<Socket, number>();
  return ({ socket }: IncomingMessage, response: ServerResponse): void => {
    const now = (atOnce.get(socket) ?? 0) + 1;
    atOnce.set(socket, now);
    response.once('close', () => atOnce.set(socket, (atOnce.get(socket) ?? 1) - 1));
    if (now > MOST_AT_ONCE) socket.destroy();
  };
}
