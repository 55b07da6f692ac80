// POST /login: the token from the form becomes a cookie that no script and no other site can use. POST /logout takes it away.

import { PATHS } from '@latchwork/shared/paths';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { TokenWay } from '../plugins/token-way.ts';
import { clientAddress } from '../security/client-address.ts';
import { setCookie } from '../security/login/cookies.ts';
import { isSafeQuery, LOGIN_REFERRER, loginPage } from '../security/login/login-page.ts';
import { publicOrigin } from '../security/public-origin.ts';
import { publicPath } from '../security/public-path.ts';
import { COOKIE, sessionOf } from '../security/token-check.ts';
import { sendTooMany } from '../security/too-many.ts';

const KEPT_SECONDS = 30 * 24 * 60 * 60;
const MOST_BYTES = 8 * 1024;

export interface LoginOptions {
  readonly basePath: string;
  /** Null: nobody logs in with a token. */
  readonly tokens: TokenWay | null;
}

export const loginRoutes: FastifyPluginAsync<LoginOptions> = async (app, { basePath, tokens }) => {
  if (!tokens) return;
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MOST_BYTES },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  app.post(PATHS.login, { schema: { hide: true } }, async (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const base = publicPath(request.headers['x-forwarded-prefix'], basePath);
    const next = form.get('next') ?? '';
    const query = isSafeQuery(next) ? next : '';
    const token = await tokens.find(form.get('token')?.trim() ?? '');
    if (!token) {
      app.record.note('login-refused', null, { address: request.ip });
      const waitSeconds = app.limits.guesses.spend(clientAddress(request));
      if (waitSeconds > 0) return sendTooMany(request, reply, waitSeconds, basePath);
      const said = 'That is no token of this server.';
      return reply
        .code(401)
        .headers(LOGIN_REFERRER)
        .type('text/html; charset=utf-8')
        .send(loginPage({ base, query, logins: app.logins, said }));
    }
    app.record.note('login', `token:${token.name}`, { address: request.ip });
    const cookie = setCookie(
      COOKIE,
      sessionOf(token.secret),
      { base, isSecure: isSecure(request) },
      KEPT_SECONDS,
    );
    return reply.header('set-cookie', cookie).redirect(`${base}/${query}`, 303);
  });
};

export function isSecure({ headers, protocol }: FastifyRequest): boolean {
  return publicOrigin(headers.host, protocol, headers['x-forwarded-proto']).startsWith('https:');
}
