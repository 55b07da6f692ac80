// GET /healthz and /readyz: whether the process lives, and whether Prometheus answers it.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { PATHS } from '@latchwork/shared/paths';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { toReply } from '../errors.ts';

const Live = Type.Object({ status: Type.Literal('ok') });
const Ready = Type.Object({ status: Type.Literal('ready') });
const NotReady = Type.Object({
  status: Type.Literal('not ready'),
  message: Type.String(),
  remedy: Type.Optional(Type.String()),
});

const healthz = {
  summary: 'Whether the process lives',
  tags: ['server'],
  response: { 200: Live },
};
const readyz = {
  summary: 'Whether Prometheus answers',
  description: 'The reason and the remedy when it does not. The page is served all the same.',
  tags: ['server'],
  response: { 200: Ready, 503: NotReady },
};

/** What a source says of itself names addresses and more. */
const FOR_ANYBODY = {
  message: 'Prometheus does not answer',
  remedy: 'the page and the log of this server say why',
};

export const healthRoutes: FastifyPluginAsyncTypebox = async (app) => {
  /** Whoever would read the same in an answer about the whole mesh. */
  async function mayKnow(request: FastifyRequest): Promise<boolean> {
    if (!request.isNamed) return false;
    const viewer = await app.identity.viewerOf(request).catch(() => null);
    if (viewer === null || viewer === 'wrong') return false;
    return (await app.rights.namespacesOf(viewer).catch(() => [])) === null;
  }

  app.get(PATHS.healthz, { schema: healthz }, async () => ({ status: 'ok' as const }));
  app.get(PATHS.readyz, { schema: readyz }, async (request, reply) => {
    try {
      await app.checkPrometheus();
      return { status: 'ready' as const };
    } catch (error) {
      const { message, remedy } = (await mayKnow(request)) ? toReply(error).problem : FOR_ANYBODY;
      request.log.warn({ err: error }, 'Prometheus does not answer');
      return reply.code(503).send({ status: 'not ready', message, ...(remedy ? { remedy } : {}) });
    }
  });
};
