// The ways in that the settings name, in the order they are tried.

import type { Config } from '../config.ts';
import type { Addresses } from '../security/address.ts';
import type { Logins } from '../security/login/login-page.ts';
import { createHeaderWay } from './header-way.ts';
import type { Way } from './identity.ts';
import { createOidcWay, type OidcWay } from './oidc-way.ts';
import { createTokenWay, type TokenWay } from './token-way.ts';

export interface Ways {
  readonly ways: readonly Way[];
  readonly tokens: TokenWay | null;
  readonly oidc: OidcWay | null;
  readonly logins: Logins;
}

export function createWays(access: Config['access'], proxies: Addresses, nowMs: () => number): Ways {
  const { tokenFile, userHeader, groupsHeader, roleGroups } = access;
  const { issuer, clientId, clientSecretFile, scopes } = access.oidc;
  const tokens = tokenFile === null ? null : createTokenWay(tokenFile);
  const header =
    userHeader === null ? null : createHeaderWay({ userHeader, groupsHeader, roleGroups, proxies });
  const oidc =
    issuer === null || clientId === null || clientSecretFile === null
      ? null
      : createOidcWay({ issuer, clientId, clientSecretFile, scopes, roleGroups, nowMs });
  return {
    ways: [tokens, oidc, header].filter((way) => way !== null),
    tokens,
    oidc,
    logins: { token: tokens !== null, oidc: oidc && issuer ? new URL(issuer).host : null },
  };
}
