// GET /api/workloads/:namespace/:kind/:name: one workload with its callers and callees; …/calls: the routes that its calls take.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { WorkloadParams } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';
import { Calls } from '@latchwork/shared/routes/routes';
import { WorkloadDetail } from '@latchwork/shared/workload';
import { Type } from 'typebox';

const { namespace, kind, name, window, at, noise, cluster } = WorkloadParams.properties;

const schema = {
  summary: 'One workload',
  description:
    'The row of the workload, the edges from its callers and to its callees, and the nodes at their ends.',
  tags: ['mesh'],
  params: Type.Object({ namespace, kind, name }),
  querystring: Type.Object({ window, at, noise, cluster }, { additionalProperties: false }),
  response: { 200: WorkloadDetail, '4xx': Problem, '5xx': Problem },
};

const ofCalls = {
  ...schema,
  summary: 'The routes that calls of one workload take',
  description:
    'As its own proxies count them: by Service, route and backend, with retries, timeouts and what was refused.',
  response: { 200: Calls, '4xx': Problem, '5xx': Problem },
};

export const workloadRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(`${PATHS.workloads}/:namespace/:kind/:name`, { schema }, async (request) =>
    (await app.rights.answersOf(request))
      .workload({ ...request.params, ...request.query })
      .read(request.signal),
  );
  app.get(`${PATHS.workloads}/:namespace/:kind/:name/calls`, { schema: ofCalls }, async (request) =>
    (await app.rights.answersOf(request)).calls({ ...request.params, ...request.query }).read(request.signal),
  );
};
