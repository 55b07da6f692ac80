// GET /api/inventory: what Kubernetes says of the mesh, with or without traffic.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Inventory } from '@latchwork/shared/inventory';
import { InventoryParams } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';

const schema = {
  summary: 'Who is there',
  description:
    'Namespaces, workloads and pods as Kubernetes has them: meshed or not and why, ports past the proxy, versions of proxies. A 502 where this server is not connected to Kubernetes.',
  tags: ['mesh'],
  querystring: InventoryParams,
  response: { 200: Inventory, '4xx': Problem, '5xx': Problem },
};

export const inventoryRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.inventory, { schema }, async (request) => app.rights.inventoryOf(request, request.query));
};
