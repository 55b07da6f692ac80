// GET /embed/graph.svg, .mmd and .dot: the graph for wikis that take a picture or a text, drawn by the page's own code.

import { createHash } from 'node:crypto';
import { boundsOf } from '@latchwork/figures/latency';
import { dot } from '@latchwork/graph/draw/dot';
import { mermaid } from '@latchwork/graph/draw/mermaid';
import { DARK, LIGHT } from '@latchwork/graph/draw/palette';
import { svgPicture } from '@latchwork/graph/draw/svg/svg-picture';
import { type FittedPicture, fittedPicture } from '@latchwork/graph/fold/fitted-picture';
import { marksOf, toTextScene } from '@latchwork/graph/fold/picture';
import { momentText, scopeTitle } from '@latchwork/graph/fold/picture-title';
import { toWish } from '@latchwork/graph/fold/wish';
import { lockCounts } from '@latchwork/graph/scene/lock-counts';
import { EmbedParams } from '@latchwork/shared/embed';
import type { Graph } from '@latchwork/shared/graph';
import { PATHS } from '@latchwork/shared/paths';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { checkParams } from '../contract/check.ts';
import { scopeOf } from './embed-frame.ts';
import { sendTrouble } from './embed-trouble.ts';

const WIDTH = 1200;
const FRESH_SECONDS = 15;
const KEPT_PICTURES = 32;

interface Drawing {
  readonly graph: Graph;
  readonly params: EmbedParams;
  readonly title: string;
}

export const embedPictureRoutes: FastifyPluginAsync<{ readonly basePath: string }> = async (
  app,
  { basePath },
) => {
  // A layout is the dear part: whoever asks for the same moment again gets the same picture.
  const kept = new Map<string, FittedPicture>();

  function drawn(graph: Graph, params: EmbedParams, width: number): FittedPicture {
    const { theme: _theme, link: _link, labels: _labels, title: _title, ...what } = params;
    const key = JSON.stringify([graph.at, graph.namespaces, what, width]);
    const picture =
      kept.get(key) ?? fittedPicture(graph, toWish(params), { width, height: null }, app.about());
    kept.delete(key);
    kept.set(key, picture);
    if (kept.size > KEPT_PICTURES) kept.delete(kept.keys().next().value as string);
    return picture;
  }

  const textScene = (graph: Graph, params: EmbedParams) =>
    toTextScene({ graph, wish: toWish(params), successTarget: app.about().successTarget });

  function serve(
    path: string,
    summary: string,
    type: string,
    shape: 'picture' | 'text',
    draw: (drawing: Drawing) => string,
  ): void {
    const schema = {
      summary,
      description: 'Same parameters as the Graph view. With --access-token-file it needs a signed link.',
      tags: ['embed'],
      querystring: EmbedParams,
      produces: [type],
    };
    app.get(path, { schema, attachValidation: true }, async (request, reply) => {
      try {
        const params = checkParams(EmbedParams, { ...(request.query as object) });
        const grant = await app.embed.admit(request, params.link, 'picture');
        const graph = await app.embed.graph(grant, scopeOf(params)).read();
        // A signed link of some namespaces shows them whether they are asked for or not.
        const title = params.title?.trim() || scopeTitle(params.namespace ?? grant.namespaces ?? []);
        return sendPicture(request, reply, draw({ graph, params, title }), `${type}; charset=utf-8`);
      } catch (error) {
        return sendTrouble(request, reply, error, shape, basePath);
      }
    });
  }

  serve(
    PATHS.embedSvg,
    'The graph as an SVG picture',
    'image/svg+xml',
    'picture',
    ({ graph, params, title }) => {
      const { picture, detail, zoom } = drawn(graph, params, Number(params.width ?? WIDTH));
      const { successTarget, latencyTargetMs } = app.about();
      const time = momentText(graph.at);
      return svgPicture(picture, {
        successTarget,
        latencyTargetMs,
        bounds: boundsOf(graph),
        detail,
        labels: params.labels === 'on',
        colours: params.theme === 'dark' ? DARK : LIGHT,
        title: `${title}, service graph of ${time}`,
        heading: { title, counts: lockCounts(marksOf(picture)), time, scale: 1 / zoom },
      });
    },
  );
  serve(PATHS.embedMermaid, 'The graph as Mermaid text', 'text/plain', 'text', ({ graph, params }) =>
    mermaid(textScene(graph, params)),
  );
  serve(
    PATHS.embedDot,
    'The graph as Graphviz text',
    'text/vnd.graphviz',
    'text',
    ({ graph, params, title }) => dot(textScene(graph, params), `${title}, ${momentText(graph.at)}`),
  );
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
