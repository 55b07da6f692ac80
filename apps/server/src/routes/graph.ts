// GET /api/graph: the service edge graph of a scope.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Graph } from '@latchwork/shared/graph';
import { ScopeParams } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';

const schema = {
  summary: 'Who calls whom',
  description: 'Nodes and edges of the mesh, or of some namespaces of it, with golden metrics and locks.',
  tags: ['mesh'],
  querystring: ScopeParams,
  response: { 200: Graph, '4xx': Problem, '5xx': Problem },
};

export const graphRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.graph, { schema }, async (request) =>
    (await app.rights.answersOf(request)).graph(request.query).read(request.signal),
  );
};
