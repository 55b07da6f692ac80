// GET /api/pod-pairs: which pod calls which, behind one edge or in one namespace.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { PodPairs } from '@latchwork/shared/asked/pod-pairs';
import { PodPairsParams } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';

const schema = {
  summary: 'Which pod calls which',
  description:
    'Behind one edge, or all of a namespace: rate, success, lock and open connections of each pair of pods, as the callers count them.',
  tags: ['mesh'],
  querystring: PodPairsParams,
  response: { 200: PodPairs, '4xx': Problem, '5xx': Problem },
};

export const podPairRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.podPairs, { schema }, async (request) =>
    (await app.rights.answersOf(request)).podPairs(request.query).read(request.signal),
  );
};
