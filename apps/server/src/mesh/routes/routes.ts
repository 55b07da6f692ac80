// Mesh → routes in rows, of a scope: by the parents that they belong to, what matched no route last.

import type { Route, Routes } from '@latchwork/shared/routes/routes';
import type { Mesh } from '../mesh.ts';
import { type MeshScope, toSnapshot } from '../scope.ts';
import { routeFinding } from './route-finding.ts';
import type { RouteRow } from './route-row.ts';
import { toRouteRows } from './route-rows.ts';

export function toRoutes(mesh: Mesh, scope: MeshScope): Routes {
  const { infrastructure } = mesh.outline();
  const named = new Set(scope.namespaces);
  const rows = toRouteRows(mesh.routeAnswers, mesh.cluster?.routing ?? null);
  const isShown = ({ key, namespace }: RouteRow) => {
    const namespaces = [parentNamespace(key.parent), namespace];
    if (named.size > 0) return namespaces.some((each) => named.has(each));
    return scope.noise === 'show' || !infrastructure.has(parentNamespace(key.parent));
  };
  const isAnswered = mesh.routeAnswers.routeRequests !== undefined;
  const routes = rows
    .filter(isShown)
    .map((row) =>
      row.toRoute(mesh.windowSeconds, isAnswered ? routeFinding(row, rows, mesh.cluster?.routing) : null),
    )
    .sort(byParent);
  return { ...toSnapshot(mesh, { requestsPerSecond: 0, edges: 0 }), routes };
}

export function parentNamespace(parent: string): string {
  return parent.slice(0, parent.indexOf('/'));
}

function byParent(a: Route, b: Route): number {
  return (
    compare(a.parent, b.parent) ||
    Number(isRest(a)) - Number(isRest(b)) ||
    compare(a.name, b.name) ||
    compare(a.id, b.id)
  );
}

function isRest({ kind, name }: Route): boolean {
  return kind === 'default' || name === '[DEFAULT]';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
