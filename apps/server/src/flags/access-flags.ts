// The flags that say who may see what: tokens, a company's login, a proxy that vouches for people, and their roles.

import { flag, flagWithDefault, repeatable, toggle } from './flag.ts';
import { file, text, url } from './plain-values.ts';
import { parseAddressRange, parseHeaderName, parseRoleGroup } from './syntax.ts';

export const ACCESS_FLAGS = {
  /** Null: nobody logs in with a token. */
  tokenFile: flag(
    'access-token-file',
    'FILE',
    'File with a token that everybody then needs, or with NAME:ROLE:SECRET lines (viewer, tapper, signer); read again when it changes',
    file,
  ),
  oidc: {
    issuer: flag(
      'oidc-issuer',
      'URL',
      'Log people in with OpenID Connect, such as https://login.example.com',
      url,
    ),
    clientId: flag('oidc-client-id', 'ID', 'What this server is called there', text),
    clientSecretFile: flag('oidc-client-secret-file', 'FILE', 'File with its client secret', file),
    scopes: flagWithDefault('oidc-scope', 'SCOPES', 'Scopes to ask for', text, {
      fallback: 'openid email profile',
    }),
    userClaim: flagWithDefault('oidc-user-claim', 'NAME', 'Claim with the name of a person', text, {
      fallback: 'email',
    }),
    groupsClaim: flagWithDefault('oidc-groups-claim', 'NAME', 'Claim with the groups of a person', text, {
      fallback: 'groups',
    }),
    allowedGroups: repeatable('oidc-allowed-group', 'GROUP', 'Only people in one of these groups', text),
    allowedDomains: repeatable(
      'oidc-allowed-domain',
      'DOMAIN',
      'Only people whose verified mail address is of one of these domains',
      text,
    ),
  },
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
  byRights: toggle(
    'namespaces-by-rights',
    'Show a person only the namespaces in which Kubernetes lets them list pods',
  ),
} as const;
