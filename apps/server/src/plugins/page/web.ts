// Serves the built page, under any base path and behind any prefix, and instead of it a few words when nobody has built it.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PATHS } from '@latchwork/shared/paths';
import type { Problem } from '@latchwork/shared/problems/problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { plainPage } from '../../security/plain-page.ts';
import { publicPath } from '../../security/public-path.ts';
import { packingOf } from './packing.ts';
import { type PageFiles, readPageFiles } from './page-files.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Changes with every build of the page: a page that sees another one reloads. */
    pageBuild: string;
    /** What a frame gets; null when nobody has built it. */
    embedPage: string | null;
    /** What is shown in its place. */
    pageNotBuilt: string;
  }
}

export interface WebOptions {
  readonly basePath: string;
  /** The folder with the built page. */
  readonly webRoot: string;
}

const HTML = 'text/html; charset=utf-8';
/** The names of these files change with their content. */
const FOR_GOOD = 'public, max-age=31536000, immutable';

export const webPlugin = fp<WebOptions>(
  async (app, { basePath, webRoot }) => {
    const built = await readFile(join(webRoot, 'index.html'), 'utf8').catch(() => null);
    const embedded = await readFile(join(webRoot, 'embed.html'), 'utf8').catch(() => null);
    app.decorate('embedPage', embedded);
    app.decorate('pageNotBuilt', NOT_BUILT);
    app.decorate('pageBuild', built === null ? 'none' : hashOf(built + embedded));

    function baseOf({ headers }: FastifyRequest): string {
      return `${publicPath(headers['x-forwarded-prefix'], basePath)}/`;
    }

    function sendPage(request: FastifyRequest, reply: FastifyReply) {
      reply.type(HTML).headers({ 'cache-control': 'no-cache', vary: 'x-forwarded-prefix' });
      return built === null ? reply.code(503).send(NOT_BUILT) : reply.send(withBase(built, baseOf(request)));
    }

    app.get(`${basePath}/`, { schema: { hide: true } }, sendPage);
    if (basePath !== '')
      for (const url of ['/', basePath])
        app.get(url, { schema: { hide: true } }, (request, reply) =>
          reply.redirect(
            `${baseOf(request)}${request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : ''}`,
          ),
        );
    const files: PageFiles = built === null ? new Map() : await readPageFiles(join(webRoot, 'assets'));
    serveFiles(`${basePath}/assets/`, {});
    // A frame may not ask for anything outside of /embed/: it gets the same files there. A sandboxed one is of no origin.
    serveFiles(`${basePath}${PATHS.embedAssets}/`, { 'access-control-allow-origin': '*' });

    function serveFiles(prefix: string, headers: Record<string, string>): void {
      app.get<{ Params: { name: string } }>(
        `${prefix}:name`,
        { schema: { hide: true }, config: { isShared: true } },
        async (request, reply) => {
          const file = files.get(request.params.name);
          // Never the page, as for other addresses: a frame would have it.
          if (!file) return notFound(request, reply);
          const packing = file.isPackable ? packingOf(request.headers['accept-encoding']) : null;
          const body = packing === null ? file.plain : await file.packed(packing);
          reply.type(file.type).headers({ ...headers, 'cache-control': FOR_GOOD });
          if (file.isPackable) reply.header('vary', 'accept-encoding');
          if (packing !== null) reply.header('content-encoding', packing);
          return reply.send(body);
        },
      );
    }

    function notFound({ method, url }: FastifyRequest, reply: FastifyReply) {
      const problem: Problem = {
        error: 'not-found',
        message: `${method} ${pathOf(url).slice(0, 200)} is not here; ${basePath}/api/docs lists what is`,
      };
      return reply.code(404).type('application/json').send(problem);
    }

    // A link into the page is the page; everything else that is not there is not there.
    app.setNotFoundHandler((request, reply) => {
      const path = pathOf(request.url);
      const isView =
        request.method === 'GET' &&
        path.startsWith(`${basePath}/`) &&
        !path.startsWith(`${basePath}/api/`) &&
        !/\.[a-z0-9]+$/i.test(path) &&
        /\btext\/html\b/.test(request.headers.accept ?? '');
      return isView ? sendPage(request, reply) : notFound(request, reply);
    });
  },
  { name: 'web' },
);

function pathOf(url: string): string {
  return url.split('?', 1)[0] as string;
}

/** Relative addresses in the page mean this server, however deep the link that opened it. */
function withBase(html: string, base: string): string {
  return html.replace(/<head([^>]*)>/i, `<head$1><base href="${base}">`);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

const NOT_BUILT = plainPage({
  title: 'The page is not built yet',
  paragraphs: [
    'Latchwork itself runs, and its API answers. The page has to be built once, in the project’s folder:',
  ],
  commands: ['pnpm build'],
});
