// The flags that say who may see what: tokens, a company's login, a proxy that vouches for people, and their roles.

import { flag, repeatable } from './flag.ts';
import { file } from './plain-values.ts';
import { parseAddressRange, parseHeaderName, parseRoleGroup } from './syntax.ts';

export const ACCESS_FLAGS = {
  /** Null: nobody logs in with a token. */
  tokenFile: flag(
    'access-token-file',
    'FILE',
    'File with a token that everybody then needs, or with NAME:ROLE:SECRET lines (viewer, tapper, signer); read again when it changes',
    file,
  ),
  trustedProxies: repeatable(
    'trusted-proxy',
    'ADDRESS',
    'Address, or range such as 10.0.0.0/8, of a proxy that says whose address a request really has',
    parseAddressRange,
  ),
  userHeader: flag(
    'user-header',
    'NAME',
    'Header in which a trusted proxy says who is logged in, such as X-Forwarded-User; believed from it alone',
    parseHeaderName,
  ),
  groupsHeader: flag(
    'groups-header',
    'NAME',
    'Header in which a trusted proxy says the groups of a person, commas between them',
    parseHeaderName,
  ),
  roleGroups: repeatable(
    'role-group',
    'ROLE=GROUP',
    'What people of a group may: tapper watches requests, signer also signs links; all others look',
    parseRoleGroup,
  ),
} as const;
