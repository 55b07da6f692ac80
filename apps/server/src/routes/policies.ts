// GET /api/policies: what policy let in and turned away, of a scope.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ScopeParams } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import { Policies } from '@latchwork/shared/policies';
import { Problem } from '@latchwork/shared/problems/problem';

const schema = {
  summary: 'What policy let in and turned away',
  description:
    'By workload, Server, route and authorization: allowed, audited, denied, rate-limited, and by which identities.',
  tags: ['mesh'],
  querystring: ScopeParams,
  response: { 200: Policies, '4xx': Problem, '5xx': Problem },
};

export const policyRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.policies, { schema }, async (request) =>
    (await app.rights.answersOf(request)).policies(request.query).read(request.signal),
  );
};
