// GET /api/routes: the routes of a scope, with the backends that they are split between.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ScopeParams } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';
import { Routes } from '@latchwork/shared/routes/routes';

const schema = {
  summary: 'Routes and their backends',
  description:
    'ServiceProfile routes, HTTPRoutes, GRPCRoutes, TCPRoutes and TLSRoutes in one table: what each matches, how it does, and how its requests are split.',
  tags: ['mesh'],
  querystring: ScopeParams,
  response: { 200: Routes, '4xx': Problem, '5xx': Problem },
};

export const routeRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.routes, { schema }, async (request) =>
    (await app.rights.answersOf(request)).routes(request.query).read(request.signal),
  );
};
