// GET /api/checks: the health of the mesh.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Checks } from '@latchwork/shared/health/checks';
import { ScopeParams } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';

const schema = {
  summary: 'How healthy the mesh is',
  description:
    'What linkerd check, check --proxy, viz check and multicluster check ask, under their own ids, and more: each with its state, what says so and what to do; versions and their skew, pods without a proxy, tap, gateways, and what looking costs. What cannot be told is unknown and names the right or the question that is missing.',
  tags: ['mesh'],
  querystring: ScopeParams,
  response: { 200: Checks, '4xx': Problem, '5xx': Problem },
};

export const checksRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.checks, { schema }, async (request) =>
    app.rights.readOnce(request, app.checks.checks(request.query)),
  );
};
