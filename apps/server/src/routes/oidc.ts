// GET /login/oidc: off to the issuer. GET /login/oidc/back: who came back, and whether they are let in.

import { PATHS } from '@latchwork/shared/paths';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { OIDC_COOKIE, OIDC_KEPT_SECONDS, type OidcWay } from '../plugins/oidc-way.ts';
import { cookiesOf, setCookie } from '../security/login/cookies.ts';
import { isSafeQuery, LOGIN_REFERRER, loginPage } from '../security/login/login-page.ts';
import type { OidcFlow } from '../security/login/oidc-client.ts';
import { type ClaimRules, readPerson } from '../security/login/person-claims.ts';
import { publicOrigin } from '../security/public-origin.ts';
import { publicPath } from '../security/public-path.ts';

export interface OidcRoutesOptions {
  readonly basePath: string;
  /** Null: nobody logs in this way. */
  readonly oidc: OidcWay | null;
  readonly rules: ClaimRules;
  readonly nowMs: () => number;
}

const FLOW_COOKIE = 'latchwork_login';
const FLOW_SECONDS = 600;

/** `ends`: unix ms, whatever the browser does with the cookie. */
type Flow = OidcFlow & { readonly query: string; readonly ends: number };

export const oidcRoutes: FastifyPluginAsync<OidcRoutesOptions> = async (app, options) => {
  const { basePath, oidc, rules, nowMs } = options;
  if (!oidc) return;
  const hidden = { schema: { hide: true } } as const;

  function placeOf({ headers, protocol }: FastifyRequest) {
    const base = publicPath(headers['x-forwarded-prefix'], basePath);
    const origin = publicOrigin(headers.host, protocol, headers['x-forwarded-proto']);
    return { base, origin, isSecure: origin.startsWith('https:') };
  }

  function refuse(request: FastifyRequest, reply: FastifyReply, status: number, said: string): FastifyReply {
    const { base } = placeOf(request);
    return reply
      .code(status)
      .headers({ ...LOGIN_REFERRER, 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(loginPage({ base, query: '', logins: app.logins, said }));
  }

  app.get(PATHS.oidcStart, hidden, async (request, reply) => {
    const place = placeOf(request);
    const { next } = request.query as { next?: unknown };
    const query = typeof next === 'string' && isSafeQuery(next) ? next : '';
    const { client, flow: seal } = await oidc.current();
    try {
      const { address, flow } = await client.begin(place.origin + place.base + PATHS.oidcBack);
      const ends = nowMs() + FLOW_SECONDS * 1000;
      const sealed = seal.close({ ...flow, query, ends } satisfies Flow);
      return reply
        .headers({
          'cache-control': 'no-store',
          'set-cookie': setCookie(FLOW_COOKIE, sealed, place, FLOW_SECONDS),
        })
        .redirect(address, 303);
    } catch (err) {
      request.log.error({ err }, 'the issuer of logins does not answer');
      return refuse(request, reply, 502, 'The login does not answer right now. Try again in a minute.');
    }
  });

  app.get(PATHS.oidcBack, hidden, async (request, reply) => {
    const place = placeOf(request);
    const { client, flow: seal } = await oidc.current();
    const [flow] = cookiesOf(request.headers.cookie, FLOW_COOKIE).flatMap(
      (cookie) => (seal.open(cookie) as Flow | null) ?? [],
    );
    const forget = setCookie(FLOW_COOKIE, '', place, 0);
    if (!flow || flow.ends <= nowMs())
      return refuse(request, reply, 400, 'That login took too long, or began in another browser.');
    let claims: Readonly<Record<string, unknown>>;
    try {
      claims = await client.finish(new URL(request.url, place.origin + place.base), flow);
    } catch (err) {
      request.log.warn({ err }, 'a login did not come to its end');
      app.record.note('login-refused', null, { address: request.ip, way: 'oidc' });
      return refuse(request, reply.header('set-cookie', forget), 401, 'That login did not come to its end.');
    }
    const person = readPerson(claims, rules);
    if ('refusal' in person) {
      app.record.note('login-refused', null, { address: request.ip, way: 'oidc', why: person.refusal });
      return refuse(request, reply.header('set-cookie', forget), 403, sentence(person.refusal));
    }
    app.record.note('login', `user:${person.user}`, { address: request.ip, way: 'oidc' });
    const session = setCookie(OIDC_COOKIE, await oidc.seal(person), place, OIDC_KEPT_SECONDS);
    return reply
      .headers({ 'cache-control': 'no-store', 'set-cookie': [session, forget] })
      .redirect(`${place.base}/${flow.query}`, 303);
  });
};

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
