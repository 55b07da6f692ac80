// GET /api/problems: all that is wrong in a scope, the heaviest first.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ScopeParams } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';
import { Problems } from '@latchwork/shared/problems/problems';

const schema = {
  summary: 'What needs attention',
  description:
    'What never arrives, fails, is slow, not encrypted, refused or to be looked at: ranked by the requests a second that it touches, one line for each cause, with evidence and remedy.',
  tags: ['mesh'],
  querystring: ScopeParams,
  response: { 200: Problems, '4xx': Problem, '5xx': Problem },
};

export const problemsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.problems, { schema }, async (request) =>
    app.rights.readOnce(request, (await app.rights.answersOf(request)).problems(request.query)),
  );
};
