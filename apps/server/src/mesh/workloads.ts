// Mesh → workloads in rows, and one workload with its edges.

import type { Edge } from '@latchwork/shared/edge';
import type { WorkloadNode } from '@latchwork/shared/node';
import type {
  SecuredShares,
  Workload,
  WorkloadDetail,
  Workloads,
  WorkloadTcp,
} from '@latchwork/shared/workload';
import { toNotMeshed, toPodFindings } from './cluster/pod-findings.ts';
import type { Mesh } from './mesh.ts';
import { compare } from './outline.ts';
import type { PictureEdge } from './picture.ts';
import { type MeshScope, toScoped, toSnapshot } from './scope.ts';

export function toWorkloads(mesh: Mesh, scope: MeshScope): Workloads {
  const { nodes, edges, hidden } = toScoped(mesh, scope);
  const named = new Set(scope.namespaces);
  const into = groupBy(edges, ({ edge }) => edge.target);
  const outOf = groupBy(edges, ({ edge }) => edge.source);
  const workloads = nodes
    .filter(
      (node): node is WorkloadNode =>
        node.type === 'workload' && (named.size === 0 || named.has(node.namespace)),
    )
    .map((node) => toWorkload(mesh, node, into.get(node.id) ?? [], outOf.get(node.id) ?? []));
  return { ...toSnapshot(mesh, hidden), workloads };
}

/** Null when there is no such workload. */
export function toWorkloadDetail(mesh: Mesh, id: string, scope: MeshScope): WorkloadDetail | null {
  const picture = mesh.picture(scope.noise === 'show');
  const node = picture.nodes.get(id);
  if (node?.type !== 'workload') return null;
  const { edges, hidden } = toScoped(mesh, { ...scope, namespaces: [node.namespace] });
  const callers = edges.filter(({ edge }) => edge.target === id);
  const callees = edges.filter(({ edge }) => edge.source === id);
  const inventory = mesh.cluster?.workloads.get(id);
  const ends = new Set([...callers, ...callees].flatMap(({ edge }) => [edge.source, edge.target]));
  return {
    ...toSnapshot(mesh, hidden),
    ...toWorkload(mesh, node, callers, callees),
    callers: callers.map(({ edge }) => edge),
    callees: callees.map(({ edge }) => edge),
    nodes: [...ends].flatMap((end) => picture.nodes.get(end) ?? []).sort((a, b) => compare(a.id, b.id)),
    ...(inventory ? { inventory, findings: toPodFindings(inventory) } : {}),
  };
}

function toWorkload(
  { cluster }: Pick<Mesh, 'cluster'>,
  node: WorkloadNode,
  callers: readonly PictureEdge[],
  callees: readonly PictureEdge[],
): Workload {
  const { id, namespace, kind, name, meshed, golden, denied } = node;
  const calledRps = sum(callers.map(({ edge }) => edge.http?.rps ?? 0));
  // Whoever is scraped and was not called has no requests; whoever was called has some, whatever is stored of them.
  const isToldByCallers = golden === null && (denied === null ? callers.length > 0 : calledRps > 0);
  const inventory = cluster?.workloads.get(id);
  const notMeshed = inventory ? toNotMeshed(inventory) : [];
  return {
    id,
    namespace,
    kind,
    name,
    meshed,
    golden,
    denied,
    calledRps: isToldByCallers ? calledRps : null,
    tcp: toTcp(callers.map(({ edge }) => edge)),
    securedIn: toShares(callers),
    securedOut: toShares(callees),
    ...(node.pods ? { pods: node.pods } : {}),
    ...(node.revisions ? { revisions: node.revisions } : {}),
    ...(notMeshed.length > 0 ? { notMeshed } : {}),
  };
}

function toTcp(callers: readonly Edge[]): WorkloadTcp | null {
  const edges = callers.flatMap(({ http, tcp }) => (http || !tcp ? [] : [tcp]));
  if (edges.length === 0) return null;
  return {
    openConnections: sumKnown(edges.map(({ openConnections }) => openConnections)),
    opensPerSecond: sumKnown(edges.map(({ opensPerSecond }) => opensPerSecond)),
    readBytesPerSecond: sumKnown(edges.map(({ readBytesPerSecond }) => readBytesPerSecond)),
    writeBytesPerSecond: sumKnown(edges.map(({ writeBytesPerSecond }) => writeBytesPerSecond)),
  };
}

/** Requests over HTTP edges, connections over TCP edges; never mixed. Edges without a known lock are in neither. */
function toShares(edges: readonly PictureEdge[]): SecuredShares {
  const requests = { secured: 0, all: 0 };
  const connections = { secured: 0, all: 0 };
  for (const { edge, securedRps, securedConnections, connections: opened } of edges) {
    if (edge.lock.securedShare === null) continue;
    if (edge.http) {
      requests.secured += securedRps;
      requests.all += edge.http.rps;
    } else if (edge.tcp) {
      connections.secured += securedConnections;
      connections.all += opened;
    }
  }
  return {
    requests: share(requests.secured, requests.all),
    connections: share(connections.secured, connections.all),
  };
}

function share(secured: number, total: number): number | null {
  return total > 0 ? Math.min(1, secured / total) : null;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? sum(known) : null;
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
