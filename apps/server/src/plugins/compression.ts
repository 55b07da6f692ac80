// Answers packed for whoever unpacks them: data and the page's own files. Never pages or pictures, in which a secret may stand
// beside what a stranger asked for: their lengths would tell of it.

import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import {
  type BrotliOptions,
  brotliCompress,
  constants,
  createBrotliCompress,
  createGzip,
  gzip,
} from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

const PACKED_TYPES =
  /^(application\/json|application\/openapi\+json|(application|text)\/javascript|text\/css)\b/;
/** Less than this fits into one packet anyway. */
const FROM_BYTES = 1024;
/** For answers that are made once: better than gzip's best, in its time. */
const BROTLI: BrotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const PACKERS = {
  br: {
    whole: (bytes: Buffer) => promisify(brotliCompress)(bytes, BROTLI),
    stream: () => createBrotliCompress(BROTLI),
  },
  gzip: { whole: (bytes: Buffer) => promisify(gzip)(bytes), stream: () => createGzip() },
};
type Packing = keyof typeof PACKERS;

export const compressionPlugin = fp(
  async (app) => {
    app.addHook('onSend', async (request, reply, payload) => {
      if (!isPacked(request, reply)) return payload;
      reply.header('vary', joined(reply.getHeader('vary'), 'accept-encoding'));
      const packing = packingOf(request.headers['accept-encoding']);
      if (packing === null) return payload;
      if (typeof payload === 'string' || Buffer.isBuffer(payload)) {
        const bytes = Buffer.from(payload as string);
        if (bytes.length < FROM_BYTES) return payload;
        mark(reply, packing);
        return PACKERS[packing].whole(bytes);
      }
      if (
        !(payload instanceof Readable) ||
        Number(reply.getHeader('content-length') ?? FROM_BYTES) < FROM_BYTES
      )
        return payload;
      mark(reply, packing);
      const packer = PACKERS[packing].stream();
      payload.on('error', (error) => packer.destroy(error));
      packer.on('close', () => payload.destroy());
      return payload.pipe(packer);
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

function mark(reply: FastifyReply, packing: Packing): void {
  reply.header('content-encoding', packing);
  reply.removeHeader('content-length');
  reply.removeHeader('accept-ranges');
}

/** The best of what is accepted; `q=0` is a refusal. */
function packingOf(accepted: string | string[] | undefined): Packing | null {
  const offers = new Map(
    String(accepted ?? '')
      .toLowerCase()
      .split(',')
      .map((offer) => {
        const [name = '', ...params] = offer.split(';').map((part) => part.trim());
        const quality = params.find((param) => param.startsWith('q='));
        return [name, quality === undefined ? 1 : Number(quality.slice(2))] as const;
      }),
  );
  const isAccepted = (name: Packing) => (offers.get(name) ?? offers.get('*') ?? 0) > 0;
  return isAccepted('br') ? 'br' : isAccepted('gzip') ? 'gzip' : null;
}

function joined(vary: number | string | string[] | undefined, name: string): string {
  return vary === undefined || vary === '' ? name : `${vary}, ${name}`;
}
