// What Servers, routes, authorizations and callers are called in tables of policy, as the Linkerd CLI does. Pure.

import { shortIdentity } from '@latchwork/shared/identity';
import type { PolicyClient, PolicyRow } from '@latchwork/shared/policies';

/** `orders-http:8080`; a default policy as `default:all-unauthenticated`. */
export function serverText({ server }: Pick<PolicyRow, 'server'>): string {
  if (server.kind === 'default') return `default:${server.name.replace(/^default:/, '')}`;
  return server.port === null ? server.name : `${server.name}:${server.port}`;
}

export function routeText({ route }: Pick<PolicyRow, 'route'>): string {
  if (route === null) return '';
  return route.kind === 'default' ? `[${route.name}]` : route.name;
}

/** `authorizationpolicy/orders-callers`; empty for what nothing authorized. */
export function authorizationText({ authorization }: Pick<PolicyRow, 'authorization'>): string {
  return authorization === null ? '' : `${authorization.kind}/${authorization.name}`;
}

/** Service account and namespace; the whole identity where it is no Linkerd's own. */
export function clientText({ identity }: Pick<PolicyClient, 'identity'>): string {
  return identity === null ? 'without identity' : shortIdentity(identity);
}
