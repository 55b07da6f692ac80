// Who may see this server at all: without a viewer that identity knows, there are probes, the login, and what links open.

import { PATHS } from '@latchwork/shared/paths';
import type { Problem } from '@latchwork/shared/problems/problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { isSafeQuery, LOGIN_REFERRER, type Logins, loginPage } from '../security/login/login-page.ts';
import { publicPath } from '../security/public-path.ts';
import { closeRefusedUpgrade } from '../security/refused-upgrade.ts';

declare module 'fastify' {
  interface FastifyInstance {
    logins: Logins;
  }
}

export interface AccessOptions {
  readonly logins: Logins;
  readonly basePath: string;
}

export const accessPlugin = fp<AccessOptions>(
  async (app, { logins, basePath }) => {
    app.decorate('logins', logins);
    if (!app.identity.isGuarded) return;

    // By the route that was found, never by the text of the address: there is only one way to spell that.
    const open = new Set(
      [PATHS.healthz, PATHS.readyz, PATHS.login, PATHS.logout, PATHS.oidcStart, PATHS.oidcBack].flatMap(
        (path) => [path, basePath + path],
      ),
    );
    const isOpen = (route: string | undefined) =>
      route !== undefined && (open.has(route) || route.startsWith(`${basePath}/embed/`));

    app.addHook('onRequest', async (request, reply) => {
      if (request.viewer !== null || isOpen(request.routeOptions.url)) return;
      closeRefusedUpgrade(request, reply);
      return refuse(request, reply, logins, publicPath(request.headers['x-forwarded-prefix'], basePath));
    });
  },
  { name: 'access', dependencies: ['identity'] },
);

function refuse(request: FastifyRequest, reply: FastifyReply, logins: Logins, base: string): FastifyReply {
  reply.code(401).header('cache-control', 'no-store');
  if (request.method === 'GET' && /\btext\/html\b/.test(request.headers.accept ?? '')) {
    const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
    return reply
      .headers(LOGIN_REFERRER)
      .type('text/html; charset=utf-8')
      .send(loginPage({ base, query: isSafeQuery(query) ? query : '', logins, said: null }));
  }
  const problem: Problem = {
    error: 'token-needed',
    message: 'this server answers only those whom it knows',
    remedy: logins.token
      ? 'send an access token as Authorization: Bearer TOKEN, or log in on the page'
      : 'log in on the page',
  };
  return reply.header('www-authenticate', 'Bearer realm="latchwork"').type('application/json').send(problem);
}
