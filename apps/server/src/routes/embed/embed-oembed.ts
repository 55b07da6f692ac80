// GET /embed/oembed: a frame for the address that somebody pasted, as wikis that know oEmbed ask for it.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { scopeTitle } from '@latchwork/graph/fold/picture-title';
import { EmbedParams } from '@latchwork/shared/embed';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';
import { Type } from 'typebox';
import { BadParam } from '../../contract/bad-param.ts';
import { checkParams } from '../../contract/check.ts';
import { parseQuery } from '../../contract/compilers.ts';
import { escapeHtml } from '../../security/plain-page.ts';
import { publicOrigin } from '../../security/public-origin.ts';
import { publicPath } from '../../security/public-path.ts';
import { scopeOf } from './embed-frame.ts';

const Size = Type.String({ pattern: '^[1-9][0-9]{0,3}$', description: 'px from 1 to 9999' });
const Query = Type.Object({
  url: Type.String({ maxLength: 24_000 }),
  format: Type.Optional(Type.String({ maxLength: 16 })),
  maxwidth: Type.Optional(Size),
  maxheight: Type.Optional(Size),
});
const Rich = Type.Object({
  version: Type.Literal('1.0'),
  type: Type.Literal('rich'),
  provider_name: Type.String(),
  title: Type.String(),
  width: Type.Integer(),
  height: Type.Integer(),
  html: Type.String(),
});

const WIDTH = 720;
const HEIGHT = 420;

const schema = {
  summary: 'oEmbed',
  description: 'The frame for an address of /embed/graph on this server.',
  tags: ['embed'],
  querystring: Query,
  response: { 200: Rich, '4xx': Problem, '5xx': Problem },
};

export const embedOembedRoutes: FastifyPluginAsyncTypebox<{ readonly basePath: string }> = async (
  app,
  { basePath },
) => {
  app.get(PATHS.embedOembed, { schema }, async (request, reply) => {
    const { url, format = 'json', maxwidth, maxheight } = request.query;
    if (format !== 'json') {
      const problem: Problem = {
        error: 'not-implemented',
        message: 'only json is offered',
        remedy: 'ask with format=json',
      };
      return reply.code(501 as 500).send(problem);
    }
    const { headers } = request;
    const origin = publicOrigin(headers.host, request.protocol, headers['x-forwarded-proto']);
    const path = publicPath(headers['x-forwarded-prefix'], basePath) + PATHS.embedFrame;
    const asked = URL.canParse(url) ? new URL(url) : null;
    if (!asked || asked.origin !== new URL(origin).origin || asked.pathname !== path)
      throw new BadParam('url', url.split('?', 1)[0], `an address that begins with ${origin}${path}`);
    const params = checkParams(EmbedParams, { ...parseQuery(asked.search.slice(1)) });
    const grant = await app.embed.admit(request, params.link, 'graph');
    app.embed.graph(grant, scopeOf(params));
    const width = Math.min(WIDTH, Number(maxwidth ?? WIDTH));
    const height = Math.min(HEIGHT, Number(maxheight ?? HEIGHT));
    const name = params.title?.trim() || scopeTitle(params.namespace ?? grant.namespaces ?? []);
    const title = `Service graph: ${name}`;
    return {
      version: '1.0' as const,
      type: 'rich' as const,
      provider_name: 'Latchwork',
      title,
      width,
      height,
      html: `<iframe src="${escapeHtml(asked.href)}" width="${width}" height="${height}" title="${escapeHtml(title)}" loading="lazy" frameborder="0"></iframe>`,
    };
  });
};
