// GET /api/findings: what is known of one edge, node or namespace.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { FindingsParams } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';
import { PlaceFindings } from '@latchwork/shared/problems/problems';

const schema = {
  summary: 'What is known of one place',
  description: 'The problems of an edge, a node or a namespace, and what is only worth knowing of it.',
  tags: ['mesh'],
  querystring: FindingsParams,
  response: { 200: PlaceFindings, '4xx': Problem, '5xx': Problem },
};

export const findingsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.findings, { schema }, async (request) =>
    app.rights.readOnce(request, (await app.rights.answersOf(request)).findings(request.query)),
  );
};
