// The answer to whoever asks too much: when to come again, and for a person a page that can still be logged in on.

import type { Problem } from '@latchwork/shared/problems/problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LOGIN_REFERRER, loginPage } from './login/login-page.ts';
import { plainPage } from './plain-page.ts';
import { publicPath } from './public-path.ts';

export function sendTooMany(
  request: FastifyRequest,
  reply: FastifyReply,
  waitSeconds: number,
  basePath: string,
): FastifyReply {
  reply.code(429).headers({ 'retry-after': String(waitSeconds), 'cache-control': 'no-store' });
  if (request.method === 'GET' && /\btext\/html\b/.test(request.headers.accept ?? '')) {
    const base = publicPath(request.headers['x-forwarded-prefix'], basePath);
    const said = `That was too often. Try again in ${waitSeconds} s.`;
    const { logins } = request.server;
    return reply
      .headers(LOGIN_REFERRER)
      .type('text/html; charset=utf-8')
      .send(
        logins.token || logins.oidc !== null
          ? loginPage({ base, query: '', logins, said })
          : plainPage({ title: 'Too many requests', paragraphs: [said] }),
      );
  }
  const problem: Problem = {
    error: 'too-many-requests',
    message: `this is asked too often: try again in ${waitSeconds} s`,
  };
  return reply.type('application/json').send(problem);
}
