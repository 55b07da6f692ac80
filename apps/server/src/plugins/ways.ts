// The ways in that the settings name, in the order they are tried.

import type { Config } from '../config.ts';
import type { Addresses } from '../security/address.ts';
import type { Logins } from '../security/login-page.ts';
import { createHeaderWay } from './header-way.ts';
import type { Way } from './identity.ts';
import { createTokenWay, type TokenWay } from './token-way.ts';

export interface Ways {
  readonly ways: readonly Way[];
  readonly tokens: TokenWay | null;
  readonly logins: Logins;
}

export function createWays(access: Config['access'], proxies: Addresses): Ways {
  const { tokenFile, userHeader, groupsHeader, roleGroups } = access;
  const tokens = tokenFile === null ? null : createTokenWay(tokenFile);
  const header =
    userHeader === null ? null : createHeaderWay({ userHeader, groupsHeader, roleGroups, proxies });
  return {
    ways: [tokens, header].filter((way) => way !== null),
    tokens,
    logins: { token: tokens !== null },
  };
}
