// GET /api/docs: what this server answers, as a page for people and as OpenAPI for programs.

import { PATHS } from '@latchwork/shared/paths';
import type { FastifyPluginAsync } from 'fastify';
import { publicPath } from '../security/public-path.ts';
import { type ApiDescription, docsPage } from './docs-page.ts';

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 small { font-size: 0.5em; font-weight: 400; opacity: 0.7; }
h2 { margin: 2.5rem 0 0.5rem; font-size: 1.05rem; }
h2 code { margin-right: 0.5rem; padding: 0.15rem 0.4rem; border: 1px solid; border-radius: 4px; }
table { border-collapse: collapse; }
th, td { padding: 0.3rem 1rem 0.3rem 0; text-align: left; vertical-align: top; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid; border-radius: 4px; font-size: 13px; }
summary { cursor: pointer; }
`;

const hidden = { schema: { hide: true } } as const;

export const docsRoutes: FastifyPluginAsync<{ readonly basePath: string }> = async (app, { basePath }) => {
  app.get(PATHS.docs, hidden, (request, reply) => {
    // A browser asks for a page; whoever does not, gets what a program can read.
    if (!/\btext\/html\b/.test(request.headers.accept ?? '')) return reply.send(app.swagger());
    const docs = `${publicPath(request.headers['x-forwarded-prefix'], basePath)}${PATHS.docs}`;
    const links = { json: `${docs}/json`, style: `${docs}/style.css` };
    return reply
      .type('text/html; charset=utf-8')
      .send(docsPage(app.swagger() as unknown as ApiDescription, links));
  });
  app.get(`${PATHS.docs}/json`, hidden, () => app.swagger());
  app.get(`${PATHS.docs}/style.css`, hidden, (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(STYLE),
  );
};
