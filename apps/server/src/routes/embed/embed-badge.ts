// GET /embed/badge.svg: how much of the traffic of some namespaces is mutually authenticated, as a badge.

import { badge } from '@latchwork/graph/draw/badge';
import { scopeTitle } from '@latchwork/graph/fold/picture-title';
import { securedShares } from '@latchwork/graph/scene/secured-shares';
import { EmbedBadgeParams } from '@latchwork/shared/embed';
import { PATHS } from '@latchwork/shared/paths';
import type { FastifyPluginAsync } from 'fastify';
import { checkParams } from '../../contract/check.ts';
import { refuseMisspelt } from '../../contract/misspelt.ts';
import { scopeOf, searchOf } from './embed-frame.ts';
import { sendPicture } from './embed-pictures.ts';
import { sendTrouble } from './embed-trouble.ts';

const schema = {
  summary: 'The mTLS share as a badge',
  description: 'Secured only when all of it is: 100 % is never rounded up to.',
  tags: ['embed'],
  querystring: EmbedBadgeParams,
  produces: ['image/svg+xml'],
};

export const embedBadgeRoutes: FastifyPluginAsync<{ readonly basePath: string }> = async (
  app,
  { basePath },
) => {
  app.get(PATHS.embedBadge, { schema, attachValidation: true }, async (request, reply) => {
    try {
      const params = checkParams(EmbedBadgeParams, { ...(request.query as object) });
      refuseMisspelt(Object.keys(EmbedBadgeParams.properties), searchOf(request.url));
      const grant = await app.embed.admit(request, params.link, 'badge');
      const graph = await app.embed.graph(grant, scopeOf(params)).read(request.signal);
      const about = scopeTitle(params.namespace ?? grant.namespaces ?? []);
      return sendPicture(
        request,
        reply,
        badge(securedShares(graph.edges), about),
        'image/svg+xml; charset=utf-8',
      );
    } catch (error) {
      return sendTrouble(request, reply, error, 'picture', basePath);
    }
  });
};
