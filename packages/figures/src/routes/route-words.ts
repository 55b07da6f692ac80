// What routes and their backends are called. Pure.

import type { Route, RouteBackend } from '@latchwork/shared/routes/routes';

/** What a default route is called: the proxy's own words say little. */
export function routeTitle({ kind, name }: Pick<Route, 'kind' | 'name'>): string {
  if (name.endsWith('-egress-deny')) return 'denied';
  if (name.endsWith('-egress-allow')) return 'allowed';
  return kind === 'default' ? 'no route' : name;
}

/** Beside the name, quieter; with the namespace where that is another than its parent's. */
export function routeKind({
  kind,
  name,
  namespace,
  parent,
}: Pick<Route, 'kind' | 'name' | 'namespace' | 'parent'>): string {
  if (kind === 'default') return `default, ${name}`;
  const words = name === '[DEFAULT]' ? 'no route matched' : kind;
  return parent.startsWith(`${namespace}/`) ? words : `${words} of ${namespace}`;
}

/** A backend without the namespace that it shares with the parent. */
export function backendName(target: string, parentNamespace: string): string {
  const [namespace = '', , name = target] = target.split('/');
  if (namespace === 'default' || namespace === 'elsewhere')
    return namespace === 'elsewhere' ? 'elsewhere' : 'outside';
  return namespace === parentNamespace ? name : `${name} in ${namespace}`;
}

/** As Flagger and Argo Rollouts name their Services. */
const TRIED_AND_TRUE = /-(primary|stable|active)$/;
const ON_TRIAL = /-(canary|preview)$/;

/**
 * What a backend is held against comes first: by its name where that says so, however the weights stand in the middle of a
 * rollout; else the one with more.
 */
export function baselineFirst<T extends Pick<RouteBackend, 'target' | 'weight' | 'share'>>(
  backends: readonly T[],
): T[] {
  return [...backends].sort(
    (a, b) => rankOf(a.target) - rankOf(b.target) || (b.weight ?? b.share ?? 0) - (a.weight ?? a.share ?? 0),
  );
}

function rankOf(target: string): number {
  return TRIED_AND_TRUE.test(target) ? 0 : ON_TRIAL.test(target) ? 2 : 1;
}
