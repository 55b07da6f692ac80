// Serves the built page, under any base path and behind any prefix, and instead of it a few words when nobody has built it.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PATHS } from '@latchwork/shared/paths';
import type { Problem } from '@latchwork/shared/problems/problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { plainPage } from '../security/plain-page.ts';
import { publicPath } from '../security/public-path.ts';
import { packingOf } from './packing.ts';
import { type PageFile, readPageFiles } from './page-files.ts';

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
const ASSETS = 'assets/';
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
    const files = built === null ? new Map<string, PageFile>() : await readPageFiles(webRoot);
    for (const [path, file] of files)
      if (!path.startsWith(ASSETS))
        app.get(`${basePath}/${path}`, { schema: { hide: true } }, (request, reply) =>
          sendFile(file, request, reply.header('cache-control', 'no-cache')),
        );
    serveAssets(`${basePath}/${ASSETS}`, {});
    // A frame may not ask for anything outside of /embed/: it gets the same files there. A sandboxed one is of no origin.
    serveAssets(`${basePath}${PATHS.embedAssets}/`, { 'access-control-allow-origin': '*' });

    function serveAssets(prefix: string, headers: Record<string, string>): void {
      app.get<{ Params: { name: string } }>(
        `${prefix}:name`,
        { schema: { hide: true } },
        (request, reply) => {
          const file = files.get(ASSETS + request.params.name);
          if (!file) return reply.callNotFound();
          return sendFile(file, request, reply.headers({ ...headers, 'cache-control': FOR_GOOD }));
        },
      );
    }

    // A link into the page is the page; everything else that is not there is not there.
    app.setNotFoundHandler((request, reply) => {
      const path = request.url.split('?', 1)[0] as string;
      const isView =
        request.method === 'GET' &&
        path.startsWith(`${basePath}/`) &&
        !path.startsWith(`${basePath}/api/`) &&
        !/\.[a-z0-9]+$/i.test(path) &&
        /\btext\/html\b/.test(request.headers.accept ?? '');
      if (isView) return sendPage(request, reply);
      const problem: Problem = {
        error: 'not-found',
        message: `${request.method} ${path.slice(0, 200)} is not here; ${basePath}/api/docs lists what is`,
      };
      return reply.code(404).type('application/json').send(problem);
    });
  },
  { name: 'web' },
);

async function sendFile(file: PageFile, request: FastifyRequest, reply: FastifyReply) {
  const packing = file.isPackable ? packingOf(request.headers['accept-encoding']) : null;
  reply.type(file.type);
  if (packing === null) return reply.send(file.plain);
  reply.headers({ vary: 'accept-encoding', 'content-encoding': packing });
  return reply.send(await file.packed(packing));
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
