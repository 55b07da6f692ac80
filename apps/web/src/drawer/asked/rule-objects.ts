// Which objects of Kubernetes stand behind a rule that proxies name: the Server, the route and what authorizes. Pure.

import type { AskedKind, ObjectRef } from '@latchwork/shared/asked/asked-objects';
import type { PolicyRow } from '@latchwork/shared/policies';

const ROUTES: readonly string[] = ['httproute', 'grpcroute'];
const AUTHORIZATIONS: readonly string[] = ['authorizationpolicy', 'serverauthorization'];
const GATEWAY = 'gateway.networking.k8s.io';

/** A default has no object behind it. */
export function ruleObjects({ workload, server, route, authorization }: PolicyRow): ObjectRef[] {
  const [namespace = ''] = workload.split('/');
  const found = (kind: string, name: string, allowed: readonly string[], group?: string): ObjectRef[] => {
    const lower = kind.toLowerCase();
    if (!allowed.includes(lower) || name === '') return [];
    return [{ kind: lower as AskedKind, ...(group === GATEWAY ? { group: GATEWAY } : {}), namespace, name }];
  };
  return [
    ...found(server.kind, server.name, ['server']),
    ...(route ? found(route.kind, route.name, ROUTES, route.group) : []),
    ...(authorization ? found(authorization.kind, authorization.name, AUTHORIZATIONS) : []),
  ];
}

/** Of a workload's rules those that turned somebody away: of these callers, where proxies tell whom. */
export function refusingRules(rules: readonly PolicyRow[], callers: readonly string[]): PolicyRow[] {
  const refusing = rules.filter(isRefusing);
  const theirs = refusing.filter(({ clients }) =>
    clients.some(({ identity, refused }) => identity !== null && refused > 0 && callers.includes(identity)),
  );
  return theirs.length > 0 ? theirs : refusing;
}

export function isRefusing({
  decisions: { denied, unmatched, rateLimited, connectionsDenied },
}: PolicyRow): boolean {
  return denied + unmatched + rateLimited + connectionsDenied > 0;
}
