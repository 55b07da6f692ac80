// What a mesh says, for somebody who may see some of its namespaces: rows of others go, names of others become "elsewhere". Pure.

import type { PodPairs } from '@latchwork/shared/asked/pod-pairs';
import type { Responses } from '@latchwork/shared/asked/responses';
import type { Graph } from '@latchwork/shared/graph';
import type { History } from '@latchwork/shared/history';
import { serviceAccountOf } from '@latchwork/shared/identity';
import type { Inventory } from '@latchwork/shared/inventory';
import type { Labels } from '@latchwork/shared/labels';
import type { Parts } from '@latchwork/shared/parts';
import type { Policies } from '@latchwork/shared/policies';
import type { RoutePast } from '@latchwork/shared/routes/route-past';
import type { Route, Routes } from '@latchwork/shared/routes/routes';
import type { Snapshot } from '@latchwork/shared/snapshot';
import type { Stat } from '@latchwork/shared/stat';
import type { WorkloadDetail, Workloads } from '@latchwork/shared/workload';
import { withoutOutside } from './outside.ts';

/** Whoever may see no namespace at all gets an empty mesh, never the whole one. */
export function narrowedGraph(graph: Graph, namespaces: readonly string[]): Graph {
  return withoutOutside(graph, namespaces.length > 0 ? namespaces : NONE);
}

export function narrowedWorkloads(value: Workloads, namespaces: readonly string[]): Workloads {
  const inside = new Set(namespaces);
  return {
    ...value,
    ...narrowedSnapshot(value, inside),
    workloads: value.workloads.filter(({ namespace }) => inside.has(namespace)),
  };
}

/** A route of somebody else's Service, or that somebody else made for one of ours, and a backend in somebody else's namespace, have no name here. */
export function narrowedRoutes<T extends Routes>(value: T, namespaces: readonly string[]): T {
  const inside = new Set(namespaces);
  const isInside = (id: string) => inside.has(id.slice(0, id.indexOf('/')));
  return {
    ...value,
    ...narrowedSnapshot(value, inside),
    routes: value.routes
      .filter(({ parent, namespace }) => isInside(parent) && (namespace === '' || inside.has(namespace)))
      .map((route) => ({
        ...route,
        finding: null,
        backends: narrowedBackends(route, isInside),
      })),
  };
}

/** Told by what endpoints answered to everybody, and not by what this route sent there. */
const TOLD_BY_ENDPOINTS = ['ServiceProfile', 'TrafficSplit'];

function narrowedBackends({ kind, backends }: Route, isInside: (id: string) => boolean): Route['backends'] {
  const isOthers = TOLD_BY_ENDPOINTS.includes(kind) && !backends.every(({ target }) => isInside(target));
  return backends.map((backend, i) => {
    // Of two numbers and their shares one follows from the other.
    const told = isOthers ? { ...backend, share: null } : backend;
    if (isInside(backend.target)) return told;
    return { ...told, target: `elsewhere/${i + 1}`, ...(isOthers ? { golden: null } : {}) };
  });
}

/** Of a namespace, edges with an end that is not to be seen go. */
export function narrowedPodPairs(value: PodPairs, namespaces: readonly string[]): PodPairs {
  const inside = new Set(namespaces);
  const isInside = (id: string) => inside.has(id.slice(0, id.indexOf('/')));
  return {
    ...value,
    ...narrowedSnapshot(value, inside),
    edges: value.edges.filter(({ source, target }) => isInside(source) && isInside(target)),
    // Counted over all namespaces.
    more: 0,
  };
}

/** The place itself was admitted before. */
export function narrowedResponses(value: Responses, namespaces: readonly string[]): Responses {
  return { ...value, ...narrowedSnapshot(value, new Set(namespaces)) };
}

/** Of a route that was admitted before. */
export function narrowedRoutePast(value: RoutePast, namespaces: readonly string[]): RoutePast {
  return {
    ...value,
    backends: value.backends.map((backend, i) =>
      namespaces.includes(backend.target.slice(0, backend.target.indexOf('/')))
        ? backend
        : { ...backend, target: `elsewhere/${i + 1}` },
    ),
  };
}

export function narrowedStat(value: Stat, namespaces: readonly string[]): Stat {
  const inside = new Set(namespaces);
  return {
    ...value,
    ...narrowedSnapshot(value, inside),
    rows: value.rows.filter(({ namespace }) => inside.has(namespace)),
  };
}

/** Callers from elsewhere are counted together. */
export function narrowedPolicies(value: Policies, namespaces: readonly string[]): Policies {
  const inside = new Set(namespaces);
  const isInside = (identity: string | null) =>
    identity === null || inside.has(serviceAccountOf(identity)?.namespace ?? '');
  return {
    ...value,
    ...narrowedSnapshot(value, inside),
    rows: value.rows
      .filter(({ workload }) => inside.has(workload.slice(0, workload.indexOf('/'))))
      .map((row) => {
        const clients = row.clients.filter(({ identity }) => isInside(identity));
        return { ...row, clients, moreClients: row.moreClients + row.clients.length - clients.length };
      }),
  };
}

/** The workload itself was admitted before. */
export function narrowedWorkload(value: WorkloadDetail, namespaces: readonly string[]): WorkloadDetail {
  const edges = [...value.callers, ...value.callees];
  const graph = narrowedGraph({ ...value, edges }, namespaces);
  return {
    ...value,
    ...narrowedSnapshot(value, new Set(namespaces)),
    nodes: graph.nodes,
    callers: graph.edges.filter(({ target }) => target === value.id),
    callees: graph.edges.filter(({ source }) => source === value.id),
  };
}

export function narrowedHistory(value: History, namespaces: readonly string[]): History {
  const inside = new Set(namespaces);
  const isInside = (id: string) => inside.has(id.slice(0, id.indexOf('/')));
  return {
    ...value,
    workloads: Object.fromEntries(Object.entries(value.workloads).filter(([id]) => isInside(id))),
  };
}

export function narrowedInventory(value: Inventory, namespaces: readonly string[]): Inventory {
  const inside = new Set(namespaces);
  return {
    ...value,
    namespaces: value.namespaces.filter(({ name }) => inside.has(name)),
    workloads: value.workloads.filter(({ namespace }) => inside.has(namespace)),
    // Counted over the whole mesh.
    proxies: [],
    parts: narrowedKinds(value.parts, inside),
  };
}

/** Only what is said of the source: the rest was counted over these namespaces. */
export function narrowedLabels(value: Labels, namespaces: readonly string[]): Labels {
  return { ...value, parts: narrowedKinds(value.parts, new Set(namespaces)) };
}

function narrowedKinds(parts: Inventory['parts'], inside: ReadonlySet<string>): Inventory['parts'] {
  return Object.fromEntries(
    Object.entries(parts).map(([name, { namespaces: of, ...part }]) => [
      name,
      {
        ...{ ...part, message: null, remedy: null },
        ...(of ? { namespaces: of.filter((each) => inside.has(each)) } : {}),
      },
    ]),
  );
}

/** No namespace is called so. */
const NONE = [' '];

function narrowedSnapshot(
  { namespaces, parts }: Snapshot,
  inside: ReadonlySet<string>,
): Pick<Snapshot, 'namespaces' | 'parts' | 'diagnoses'> {
  return {
    namespaces: namespaces.filter((namespace) => inside.has(namespace)),
    parts: withoutWords(parts),
    // Sentences of the source name whatever they are about.
    diagnoses: [],
  };
}

export function withoutWords(parts: Parts): Parts {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, { ...part, message: null }]));
}
