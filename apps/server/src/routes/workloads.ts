// GET /api/workloads: the workloads of a scope, one row each.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ScopeParams } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';
import { Workloads } from '@latchwork/shared/workload';

const schema = {
  summary: 'Workloads with their golden metrics',
  description: 'One row a workload: what it serves, and how much of its traffic is mutually authenticated.',
  tags: ['mesh'],
  querystring: ScopeParams,
  response: { 200: Workloads, '4xx': Problem, '5xx': Problem },
};

export const workloadsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.workloads, { schema }, async (request) =>
    (await app.rights.answersOf(request)).workloads(request.query).read(request.signal),
  );
};
