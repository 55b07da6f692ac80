// GET /api/doctor: why a number is empty.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Doctor } from '@latchwork/shared/health/doctor';
import { DoctorParams } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';

const schema = {
  summary: 'Why there is no data',
  description:
    'The known causes of an empty number, tested in order up to the first that is true, with evidence and remedy: of the mesh, or of one workload. What cannot be told says which right or question is missing.',
  tags: ['mesh'],
  querystring: DoctorParams,
  response: { 200: Doctor, '4xx': Problem, '5xx': Problem },
};

export const doctorRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.doctor, { schema }, async (request) =>
    app.rights.readOnce(request, app.doctor(request.query)),
  );
};
