// POST /login: the token from the form becomes a cookie that no script and no other site can use.

import { PATHS } from '@latchwork/shared/paths';
import type { FastifyPluginAsync } from 'fastify';
import { LOGIN_REFERRER, loginPage } from '../security/login-page.ts';
import { publicOrigin } from '../security/public-origin.ts';
import { publicPath } from '../security/public-path.ts';
import { COOKIE, isSame, sessionOf } from '../security/token-check.ts';

const TRIES_PER_MINUTE = 20;
const KEPT_SECONDS = 30 * 24 * 60 * 60;
const MOST_BYTES = 8 * 1024;

export const loginRoutes: FastifyPluginAsync<{ readonly basePath: string }> = async (app, { basePath }) => {
  const { access } = app;
  if (!access) return;
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MOST_BYTES },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  app.post(
    PATHS.login,
    {
      schema: { hide: true },
      config: { rateLimit: { max: TRIES_PER_MINUTE, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      const base = publicPath(request.headers['x-forwarded-prefix'], basePath);
      const next = form.get('next') ?? '';
      // Only the query comes from the form: it can lead to no other page than this server's own.
      const query = /^\?[!-~]*$/.test(next) ? next : '';
      const token = await access.token();
      if (!isSame(form.get('token')?.trim() ?? '', token)) {
        request.log.warn({ address: request.ip }, 'refused a login');
        return reply
          .code(401)
          .headers(LOGIN_REFERRER)
          .type('text/html; charset=utf-8')
          .send(loginPage({ base, query, isSecondTry: true }));
      }
      const origin = publicOrigin(
        request.headers.host,
        request.protocol,
        request.headers['x-forwarded-proto'],
      );
      const cookie = [
        `${COOKIE}=${sessionOf(token)}`,
        `Path=${base}/`,
        `Max-Age=${KEPT_SECONDS}`,
        'HttpOnly',
        // Not strict: a link in a wiki should open the page of somebody who is logged in. Nothing here changes anything.
        'SameSite=Lax',
        ...(origin.startsWith('https:') ? ['Secure'] : []),
      ];
      return reply.header('set-cookie', cookie.join('; ')).redirect(`${base}/${query}`, 303);
    },
  );
};
