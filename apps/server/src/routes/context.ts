// POST /api/context: looks at another context of the kubeconfig, for whoever runs this server for themselves alone.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ContextChoice, ContextChosen } from '@latchwork/shared/context-choice';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';
import { BadParam } from '../contract/bad-param.ts';
import { needsRole, noLongerKnown } from '../security/refusal.ts';
import { may } from '../security/viewer.ts';

const schema = {
  summary: 'Another context',
  description:
    'Looks at another context of the kubeconfig from now on. Only where the server listens on this machine alone, asks nobody who they are, and found its Prometheus through the cluster.',
  tags: ['server'],
  body: ContextChoice,
  response: { 202: ContextChosen, '4xx': Problem, '5xx': Problem },
};

export const contextRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(PATHS.context, { schema, bodyLimit: 4 * 1024 }, async ({ viewer, body: { context } }, reply) => {
    if (viewer === null) throw noLongerKnown();
    if (!may(viewer, 'signer')) throw needsRole('signer');
    const { contexts } = app;
    if (contexts === null)
      return reply.code(409).send({
        error: 'no-choice',
        message: 'this server looks at one context alone',
        remedy: 'start another one with --context NAME',
      });
    if (!contexts.names.includes(context)) throw new BadParam('context', context, contexts.names.join(', '));
    await contexts.choose(context);
    return reply.code(202).send({ context });
  });
};
