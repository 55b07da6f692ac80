// GET /metrics: the server's own metrics, for Prometheus.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { PATHS } from '@latchwork/shared/paths';

const schema = {
  summary: 'Metrics of this server',
  description: 'In the text format of Prometheus.',
  tags: ['server'],
  produces: ['text/plain'],
};

export const metricsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.metrics, { schema }, async (_request, reply) => {
    reply.type(app.metrics.registry.contentType);
    return app.metrics.registry.metrics();
  });
};
