// GET /embed/graph: the page of a frame, or a few words why it stays empty. GET /embed/notice.css: how those words look.

import { EmbedParams } from '@latchwork/shared/embed';
import { PATHS } from '@latchwork/shared/paths';
import type { FastifyPluginAsync } from 'fastify';
import { checkParams } from '../../contract/check.ts';
import { refuseMisspelt } from '../../contract/misspelt.ts';
import { escapeHtml } from '../../security/plain-page.ts';
import { publicOrigin } from '../../security/public-origin.ts';
import { publicPath } from '../../security/public-path.ts';
import { sendTrouble } from './embed-trouble.ts';

const NOTICE_STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 14px/1.5 system-ui, sans-serif; }
main { max-width: 32rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1rem; margin: 0 0 0.5rem; }
p, form { margin: 0 0 0.75rem; }
input, button { font: inherit; padding: 0.4rem 0.6rem; border: 1px solid; border-radius: 6px; }
input { width: 100%; box-sizing: border-box; margin: 0.25rem 0 0.75rem; }
pre { overflow-x: auto; }
.mark { display: block; margin: 0 0 1rem; }
.shackle { stroke: currentColor; stroke-width: 2.2; stroke-linecap: round; }
.link { stroke: light-dark(#2f5bd7, #8caaff); stroke-width: 3.2; }
.end { fill: light-dark(#2f5bd7, #8caaff); }
`;

const schema = {
  summary: 'The graph as a page for a frame',
  description:
    'Same parameters as the Graph view. Framed only by the origins of --embed-ancestor; with --access-token-file it needs a signed link.',
  tags: ['embed'],
  querystring: EmbedParams,
};

export const embedFrameRoutes: FastifyPluginAsync<{ readonly basePath: string }> = async (
  app,
  { basePath },
) => {
  app.get(PATHS.embedFrame, { schema, attachValidation: true }, async (request, reply) => {
    try {
      const params = checkParams(EmbedParams, { ...(request.query as object) });
      refuseMisspelt(Object.keys(EmbedParams.properties), searchOf(request.url));
      const grant = await app.embed.admit(request, params.link, 'graph');
      app.embed.graph(grant, scopeOf(params));
      const { headers } = request;
      const base = publicPath(headers['x-forwarded-prefix'], basePath);
      reply
        .type('text/html; charset=utf-8')
        .headers({ 'cache-control': 'no-store', vary: 'x-forwarded-prefix' });
      if (app.embedPage === null) return reply.code(503).send(app.pageNotBuilt);
      const origin = publicOrigin(headers.host, request.protocol, headers['x-forwarded-proto']);
      const whole = `${origin}${base}${PATHS.embedFrame}${queryOf(request.url)}`;
      const oembed = `${origin}${base}${PATHS.embedOembed}?format=json&url=${encodeURIComponent(whole)}`;
      return reply.send(
        app.embedPage.replace(
          /<head([^>]*)>/i,
          (head) =>
            `${head}<base href="${base}/embed/"><link rel="alternate" type="application/json+oembed" title="Service graph" href="${escapeHtml(oembed)}">`,
        ),
      );
    } catch (error) {
      return sendTrouble(request, reply, error, 'page', basePath);
    }
  });
  app.get(PATHS.embedStyle, { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=3600').send(NOTICE_STYLE),
  );
};

export function scopeOf({ cluster, namespace, window, at, noise }: EmbedParams) {
  return {
    ...(cluster === undefined ? {} : { cluster }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(window === undefined ? {} : { window }),
    ...(at === undefined ? {} : { at }),
    ...(noise === undefined ? {} : { noise }),
  };
}

export function searchOf(url: string): URLSearchParams {
  return new URLSearchParams(queryOf(url));
}

function queryOf(url: string): string {
  return url.includes('?') ? url.slice(url.indexOf('?')) : '';
}
