// GET /api/stat: a table by kind, of a scope.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { StatParams } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';
import { Stat } from '@latchwork/shared/stat';

const schema = {
  summary: 'Workloads, namespaces, pods, Services or objects of policy in rows',
  description:
    'What each of a kind gets: success, rate, latency, connections, and what policy decided. Of Services it is what callers send.',
  tags: ['mesh'],
  querystring: StatParams,
  response: { 200: Stat, '4xx': Problem, '5xx': Problem },
};

export const statRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.stat, { schema }, async (request) =>
    (await app.rights.answersOf(request)).stat(request.query).read(request.signal),
  );
};
