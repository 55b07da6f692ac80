// GET /embed/graph.svg, .mmd and .dot: the graph for wikis that take a picture or a text, drawn by the page's own code.

import { createHash } from 'node:crypto';
import { scopeTitle } from '@latchwork/graph/fold/picture-title';
import { EmbedParams } from '@latchwork/shared/embed';
import { PATHS } from '@latchwork/shared/paths';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { checkParams } from '../../contract/check.ts';
import { refuseMisspelt } from '../../contract/misspelt.ts';
import type { PictureKind } from '../../drawing/picture.ts';
import { scopeOf, searchOf } from './embed-frame.ts';
import { sendTrouble } from './embed-trouble.ts';

const FRESH_SECONDS = 15;

const PICTURES: readonly {
  readonly path: string;
  readonly kind: PictureKind;
  readonly type: string;
  readonly summary: string;
}[] = [
  {
    path: PATHS.embedSvg,
    kind: 'svg',
    type: 'image/svg+xml',
    summary: 'The graph as an SVG picture',
  },
  {
    path: PATHS.embedMermaid,
    kind: 'mermaid',
    type: 'text/plain',
    summary: 'The graph as Mermaid text',
  },
  {
    path: PATHS.embedDot,
    kind: 'dot',
    type: 'text/vnd.graphviz',
    summary: 'The graph as Graphviz text',
  },
];

export const embedPictureRoutes: FastifyPluginAsync<{ readonly basePath: string }> = async (
  app,
  { basePath },
) => {
  for (const { path, kind, type, summary } of PICTURES) {
    const schema = {
      summary,
      description: 'Same parameters as the Graph view. With --access-token-file it needs a signed link.',
      tags: ['embed'],
      querystring: EmbedParams,
      produces: [type],
    };
    app.get(path, { schema, attachValidation: true }, async (request, reply) => {
      try {
        const { link, ...params } = checkParams(EmbedParams, { ...(request.query as object) });
        refuseMisspelt(Object.keys(EmbedParams.properties), searchOf(request.url));
        const grant = await app.embed.admit(request, link, 'picture');
        const { viewer } = grant;
        const graph = await app.embed.graph(grant, scopeOf(params)).read(request.signal);
        // A signed link of some namespaces shows them whether they are asked for or not.
        const title = params.title?.trim() || scopeTitle(params.namespace ?? grant.namespaces ?? []);
        const { successTarget, latencyTargetMs } = app.about();
        const wanted = { kind, params, title, targets: { successTarget, latencyTargetMs } };
        const isLink = viewer.kind === 'link';
        const picture = await app.drawing.draw(graph, wanted, { id: viewer.id, isLink });
        if (!isLink) app.record.note('export', viewer.id, { kind, namespaces: params.namespace ?? [] });
        return sendPicture(request, reply, picture, `${type}; charset=utf-8`);
      } catch (error) {
        return sendTrouble(request, reply, error, kind === 'svg' ? 'picture' : 'text', basePath);
      }
    });
  }
};

/** A picture may be kept for a moment, by whoever may see it. Nothing in it may run. */
export function sendPicture(
  request: FastifyRequest,
  reply: FastifyReply,
  body: string,
  type: string,
): FastifyReply {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  reply.headers({
    etag,
    'cache-control': `private, max-age=${FRESH_SECONDS}`,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  });
  const known = String(request.headers['if-none-match'] ?? '')
    .split(',')
    .map((each) => each.trim().replace(/^W\//, ''));
  if (known.includes(etag)) return reply.code(304).send();
  return reply.type(type).send(body);
}
