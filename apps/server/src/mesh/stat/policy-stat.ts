// Servers, authorizations and routes as rows, whatever workload they stand before.

import type { StatKind, StatRow } from '@latchwork/shared/stat';
import type { Mesh } from '../mesh.ts';
import type { MeshScope } from '../scope.ts';
import { type PolicyKey, policyFolds } from './policy-rules.ts';
import { StatTally } from './stat-tally.ts';

export type PolicyStatKind = Extract<
  StatKind,
  'server' | 'serverauthorization' | 'authorizationpolicy' | 'route'
>;

type Named = Pick<StatRow, 'id' | 'kind' | 'namespace' | 'name' | 'owner'>;

export function policyStat(mesh: Mesh, kind: PolicyStatKind, scope: Pick<MeshScope, 'noise'>): StatRow[] {
  const folds = policyFolds(mesh, scope, (key) => {
    const named = namedIn(key, kind);
    return named && [named.id, named];
  });
  for (const named of objectsOf(mesh, kind))
    if (!folds.has(named.id)) folds.set(named.id, { group: named, tally: new StatTally() });
  return [...folds.values()].map(({ group, tally }) => ({
    ...group,
    ...{ status: null, meshed: null, pods: null },
    golden: tally.golden(mesh.windowSeconds),
    refused: tally.refused,
    decisions: tally.decisions,
    tcp: null,
  }));
}

/** The object of this kind behind a rule; null where a default of the proxy is. */
function namedIn({ namespace, server, route, authorization }: PolicyKey, kind: PolicyStatKind): Named | null {
  if (kind === 'server') return server.kind === 'server' ? named(namespace, 'server', server.name) : null;
  if (kind === 'route')
    return route === null || route.kind === 'default'
      ? null
      : named(namespace, route.kind.toLowerCase(), route.name, `${namespace}/server/${server.name}`);
  return authorization?.kind === kind ? named(namespace, kind, authorization.name) : null;
}

function named(namespace: string, kind: string, name: string, owner: string | null = null): Named {
  return { id: `${namespace}/${kind}/${name}`, kind, namespace, name, owner };
}

/** Those that Kubernetes has, with or without traffic. */
function objectsOf({ cluster }: Mesh, kind: PolicyStatKind): Named[] {
  if (!cluster) return [];
  const { servers, authorizations, routes } = cluster.routing;
  switch (kind) {
    case 'server':
      return servers.map(({ namespace, name }) => named(namespace, kind, name));
    case 'authorizationpolicy':
      return authorizations.map(({ namespace, name }) => named(namespace, kind, name));
    case 'serverauthorization':
      return [];
    case 'route':
      return routes.flatMap(({ kind: own, object: { meta, parents } }) =>
        parents
          .filter((parent) => parent.kind === 'Server')
          .map((parent) =>
            named(meta.namespace, own.toLowerCase(), meta.name, `${meta.namespace}/server/${parent.name}`),
          ),
      );
  }
}
