// GET /api/about: what this server is and what it can do.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { About } from '@latchwork/shared/about';
import { PATHS } from '@latchwork/shared/paths';

const schema = {
  summary: 'This server',
  description: 'Version, build of the page, where the data is from, and whether tap can be had.',
  tags: ['server'],
  response: { 200: About },
};

export const aboutRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.about, { schema }, async (request) => {
    await app.storeClusters.settled();
    return app.about(request);
  });
};
