// Who may see this server at all: with a token file, whoever has the token; without one, whoever reaches it.

import { PATHS } from '@latchwork/shared/paths';
import type { Problem } from '@latchwork/shared/problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { createSecretFile } from '../secret-file.ts';
import { parseAccessToken } from '../security/link-keys.ts';
import { LOGIN_REFERRER, loginPage } from '../security/login-page.ts';
import { publicPath } from '../security/public-path.ts';
import { closeRefusedUpgrade } from '../security/refused-upgrade.ts';
import { carriesToken } from '../security/token-check.ts';

export interface Access {
  /** The token of now, for a login. */
  token(): Promise<string>;
  admits(request: FastifyRequest): Promise<boolean>;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Null: there is no token, everybody may. */
    access: Access | null;
  }
}

export interface AccessOptions {
  readonly tokenFile: string | null;
  readonly basePath: string;
}

export const accessPlugin = fp<AccessOptions>(
  async (app, { tokenFile, basePath }) => {
    app.decorate('access', null);
    if (tokenFile === null) return;
    const file = createSecretFile(tokenFile, parseAccessToken);
    const access: Access = {
      token: () => file.read(),
      admits: async ({ headers }) => carriesToken(headers, await file.read()),
    };
    app.access = access;

    // By the route that was found, never by the text of the address: there is only one way to spell that.
    const open = new Set(
      [PATHS.healthz, PATHS.readyz, PATHS.login].flatMap((path) => [path, basePath + path]),
    );
    const isOpen = (route: string | undefined) =>
      route !== undefined && (open.has(route) || route.startsWith(`${basePath}/embed/`));

    app.addHook('onRequest', async (request, reply) => {
      if (isOpen(request.routeOptions.url)) return;
      if (await access.admits(request)) return;
      closeRefusedUpgrade(request, reply);
      return refuse(request, reply, publicPath(request.headers['x-forwarded-prefix'], basePath));
    });
  },
  { name: 'access', dependencies: ['security'] },
);

function refuse(request: FastifyRequest, reply: FastifyReply, base: string): FastifyReply {
  reply.code(401).header('cache-control', 'no-store');
  if (request.method === 'GET' && /\btext\/html\b/.test(request.headers.accept ?? '')) {
    const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
    return reply
      .headers(LOGIN_REFERRER)
      .type('text/html; charset=utf-8')
      .send(loginPage({ base, query, isSecondTry: false }));
  }
  const problem: Problem = {
    error: 'token-needed',
    message: 'this server answers only those who have its access token',
    remedy: 'send it as Authorization: Bearer TOKEN, or log in on the page',
  };
  return reply.header('www-authenticate', 'Bearer realm="latchwork"').type('application/json').send(problem);
}
