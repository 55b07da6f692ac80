// GET /api/responses: how responses ended, of one edge or of one workload.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Responses } from '@latchwork/shared/asked/responses';
import { ResponsesParams } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';

const schema = {
  summary: 'How responses ended',
  description:
    'By HTTP status and gRPC code: of an edge as its caller counts, of a workload as it counts what it answered.',
  tags: ['mesh'],
  querystring: ResponsesParams,
  response: { 200: Responses, '4xx': Problem, '5xx': Problem },
};

export const responseRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.responses, { schema }, async (request) =>
    (await app.rights.answersOf(request)).responses(request.query).read(request.signal),
  );
};
