// The way in by OpenID Connect: a login leaves a sealed cookie, which says who somebody is until it ends.

import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { createSecretFile } from '../secret-file.ts';
import { parseClientSecret } from '../security/login/client-secret.ts';
import { cookiesOf } from '../security/login/cookies.ts';
import { createOidcClient, type OidcClient } from '../security/login/oidc-client.ts';
import type { Person } from '../security/login/person-claims.ts';
import { type RoleGroup, roleOf } from '../security/login/role-groups.ts';
import { createSeal, type Seal } from '../security/login/sealed.ts';
import { toPerson } from '../security/viewer.ts';
import type { Way } from './identity.ts';

export const OIDC_COOKIE = 'latchwork_person';
/** Groups and people change: whoever stays longer logs in again, most often without noticing. */
export const OIDC_KEPT_SECONDS = 8 * 3_600;

export interface OidcWay extends Way {
  /** Of now: a client secret that was changed ends what the old one sealed. */
  current(): Promise<{ readonly client: OidcClient; readonly session: Seal; readonly flow: Seal }>;
  seal(person: Person): Promise<string>;
  /** A cookie that somebody logged out of opens nothing any more, whoever has a copy of it. */
  end(request: FastifyRequest): Promise<void>;
}

export interface OidcWayOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecretFile: string;
  readonly scopes: string;
  readonly roleGroups: readonly RoleGroup[];
  readonly nowMs: () => number;
}

interface Sealed {
  readonly u: string;
  readonly g: readonly string[];
  /** Unix seconds. */
  readonly e: number;
  /** Of this login; absent from cookies that were sealed before there were such names. */
  readonly i?: string;
}

function loginOf({ i, u, e }: Sealed): string {
  return i ?? `${e} ${u}`;
}

/** The oldest are forgotten first: they have ended by themselves, as good as all of them. */
const MOST_ENDED = 20_000;

export function createOidcWay(options: OidcWayOptions): OidcWay {
  const { issuer, clientId, scopes, roleGroups, nowMs } = options;
  const file = createSecretFile(options.clientSecretFile, parseClientSecret);
  let made: { readonly secret: string; readonly value: Awaited<ReturnType<OidcWay['current']>> } | null =
    null;

  async function current() {
    const secret = await file.read();
    if (made?.secret !== secret)
      made = {
        secret,
        value: {
          client: createOidcClient({ issuer, clientId, clientSecret: secret, scopes }),
          session: createSeal(secret, `session ${issuer} ${clientId}`),
          flow: createSeal(secret, `flow ${issuer} ${clientId}`),
        },
      };
    return made.value;
  }

  const ended = new Set<string>();

  async function sealedOf({ headers }: FastifyRequest): Promise<Sealed[]> {
    const cookies = cookiesOf(headers.cookie, OIDC_COOKIE);
    if (cookies.length === 0) return [];
    const { session } = await current();
    return cookies.flatMap((cookie) => (session.open(cookie) as Sealed | null) ?? []);
  }

  return {
    current,
    async seal({ user, groups }) {
      const ends = Math.floor(nowMs() / 1000) + OIDC_KEPT_SECONDS;
      const id = randomBytes(12).toString('base64url');
      return (await current()).session.close({ u: user, g: groups, e: ends, i: id } satisfies Sealed);
    },
    async end(request) {
      for (const sealed of await sealedOf(request)) ended.add(loginOf(sealed));
      while (ended.size > MOST_ENDED) ended.delete(ended.values().next().value as string);
    },
    async viewerOf(request: FastifyRequest) {
      const sealed = await sealedOf(request);
      const good = sealed.find((each) => each.e > nowMs() / 1000 && !ended.has(loginOf(each)));
      if (good) return toPerson(good.u, good.g, roleOf(good.g, roleGroups), good.e);
      // One that has ended is nobody's guess.
      return sealed.length > 0 || cookiesOf(request.headers.cookie, OIDC_COOKIE).length === 0
        ? null
        : 'wrong';
    },
  };
}
