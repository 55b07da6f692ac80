// What routes and their backends are called. Pure.

import type { Route } from '@latchwork/shared/routes';

/** What a default route is called: the proxy's own words say little. */
export function routeTitle({ kind, name }: Pick<Route, 'kind' | 'name'>): string {
  if (name.endsWith('-egress-deny')) return 'denied';
  if (name.endsWith('-egress-allow')) return 'allowed';
  return kind === 'default' ? 'no route' : name;
}

/** Beside the name, quieter. */
export function routeKind({ kind, name }: Pick<Route, 'kind' | 'name'>): string {
  if (name === '[DEFAULT]') return 'no route matched';
  return kind === 'default' ? `default, ${name}` : kind;
}

/** A backend without the namespace that it shares with the parent. */
export function backendName(target: string, parentNamespace: string): string {
  const [namespace = '', , name = target] = target.split('/');
  if (namespace === 'default' || namespace === 'elsewhere')
    return namespace === 'elsewhere' ? 'elsewhere' : 'outside';
  return namespace === parentNamespace ? name : `${name} in ${namespace}`;
}
