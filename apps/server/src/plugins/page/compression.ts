// Data packed for whoever unpacks it. Never pages or pictures, in which a secret may stand beside what a stranger asked for: their
// lengths would tell of it. The page's own files come packed.

import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { PACKED_FROM_BYTES, pack, packingOf } from './packing.ts';

const PACKED_TYPES = /^(application\/json|application\/openapi\+json)\b/;

export const compressionPlugin = fp(
  async (app) => {
    app.addHook('onSend', async (request, reply, payload) => {
      if (!isPacked(request, reply)) return payload;
      reply.header('vary', joined(reply.getHeader('vary'), 'accept-encoding'));
      const packing = packingOf(request.headers['accept-encoding']);
      if (packing === null || !(typeof payload === 'string' || Buffer.isBuffer(payload))) return payload;
      const bytes = Buffer.from(payload as string);
      if (bytes.length < PACKED_FROM_BYTES) return payload;
      reply.header('content-encoding', packing).removeHeader('content-length');
      return pack(packing, bytes);
    });
  },
  { name: 'compression' },
);

function isPacked(request: FastifyRequest, reply: FastifyReply): boolean {
  return (
    request.method === 'GET' &&
    reply.statusCode === 200 &&
    !reply.hasHeader('content-encoding') &&
    PACKED_TYPES.test(String(reply.getHeader('content-type') ?? ''))
  );
}

function joined(vary: number | string | string[] | undefined, name: string): string {
  return vary === undefined || vary === '' ? name : `${vary}, ${name}`;
}
