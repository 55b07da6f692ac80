// POST /api/embed-link: a signed link for the Share dialog.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { EmbedLink, EmbedLinkRequest, VALID_FOR_ALLOWED } from '@latchwork/shared/embed';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problem';
import { BadParam } from '../contract/bad-param.ts';
import { validForSeconds } from '../security/valid-for.ts';

const schema = {
  summary: 'A signed link',
  description:
    'Opens one kind of embedded picture of some namespaces until it expires or its key is taken out.',
  tags: ['embed'],
  body: EmbedLinkRequest,
  response: { 200: EmbedLink, '4xx': Problem, '5xx': Problem },
};

export const embedLinkRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(PATHS.embedLink, { schema, bodyLimit: 64 * 1024 }, async ({ body }, reply) => {
    const { namespace = [], view = 'graph', validFor = '30d' } = body;
    const seconds = validForSeconds(validFor);
    if (seconds === null) throw new BadParam('validFor', validFor, VALID_FOR_ALLOWED);
    const signed = await app.embed.sign({ namespaces: namespace, view }, seconds);
    if (!signed)
      return reply.code(409).send({
        error: 'no-key',
        message: 'this server has no key to sign with',
        remedy: 'start it with --embed-key-file FILE',
      });
    const { link, keyId, expiresAtSeconds } = signed;
    return { link, keyId, expiresAt: new Date(expiresAtSeconds * 1000).toISOString() };
  });
};
