// GET /api/labels: by which labels workloads can be grouped, and the values of one of them.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Labels } from '@latchwork/shared/labels';
import { LabelsParams } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';

const schema = {
  summary: 'Labels that group workloads',
  description:
    'Labels of pods, with how many values each has and how many workloads; a label counts for a workload when all of its pods that run agree on it. With label, its value for each workload and Service. A 502 where this server is not connected to Kubernetes.',
  tags: ['mesh'],
  querystring: LabelsParams,
  response: { 200: Labels, '4xx': Problem, '5xx': Problem },
};

export const labelsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.labels, { schema }, async (request) => app.rights.labelsOf(request, request.query));
};
