// GET /healthz and /readyz: whether the process lives, and whether Prometheus answers it.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { PATHS } from '@latchwork/shared/paths';
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

export const healthRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.healthz, { schema: healthz }, async () => ({ status: 'ok' as const }));
  app.get(PATHS.readyz, { schema: readyz }, async (_request, reply) => {
    try {
      await app.checkPrometheus();
      return { status: 'ready' as const };
    } catch (error) {
      const { message, remedy } = toReply(error).problem;
      return reply.code(503).send({ status: 'not ready', message, ...(remedy ? { remedy } : {}) });
    }
  });
};
