// POST /logout: forgets who is here, in this browser; where the login itself lives elsewhere, says how to end it there.

import { PATHS } from '@latchwork/shared/paths';
import type { FastifyPluginAsync } from 'fastify';
import { OIDC_COOKIE, type OidcWay } from '../plugins/oidc-way.ts';
import { setCookie } from '../security/login/cookies.ts';
import { loggedOutPage } from '../security/login/login-page.ts';
import { publicPath } from '../security/public-path.ts';
import { COOKIE } from '../security/token-check.ts';
import { isSecure } from './login.ts';

export interface LogoutOptions {
  readonly basePath: string;
  readonly oidc: OidcWay | null;
}

export const logoutRoutes: FastifyPluginAsync<LogoutOptions> = async (app, { basePath, oidc }) => {
  if (!app.identity.isGuarded) return;
  // A form without fields has an empty body, and says what kind of nothing it is.
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { bodyLimit: 1024 },
    (_request, body, done) => {
      body.resume();
      body.on('end', () => done(null, null));
    },
  );
  app.post(PATHS.logout, { schema: { hide: true } }, async (request, reply) => {
    const base = publicPath(request.headers['x-forwarded-prefix'], basePath);
    const place = { base, isSecure: isSecure(request) };
    app.record.note('logout', request.viewer?.id ?? null, { address: request.ip });
    await oidc?.end(request);
    app.guarding.look();
    const ended = oidc ? await (await oidc.current()).client.endAddress().catch(() => null) : null;
    reply.headers({
      'cache-control': 'no-store',
      'set-cookie': [COOKIE, OIDC_COOKIE].map((name) => setCookie(name, '', place, 0)),
    });
    if (!/\btext\/html\b/.test(request.headers.accept ?? '')) return reply.send({ ended });
    return reply.type('text/html; charset=utf-8').send(loggedOutPage(base, ended));
  });
};
