// Edges → the rows of `latchwork stat --to` and `--from`. Pure.

import type { Edge } from '@latchwork/shared/edge';
import type { Golden } from '@latchwork/shared/golden';
import type { Graph } from '@latchwork/shared/graph';
import type { WorkloadNode } from '@latchwork/shared/node';
import { refusedRps } from '@latchwork/shared/refusal';
import type { StatRow } from '@latchwork/shared/stat';
import type { WorkloadTcp } from '@latchwork/shared/workload';
import { matches, type Resource } from '../asking/resources.ts';

/** The other end of the edges that are asked for. */
export interface Peer extends Resource {
  /** Null: in any. */
  readonly namespace: string | null;
}

/** What each of `resources` sends to `peer`, or gets from it, as the callers count. */
export function pairRows(
  { nodes, edges }: Pick<Graph, 'nodes' | 'edges'>,
  resources: readonly Resource[],
  peer: Peer,
  way: 'to' | 'from',
): StatRow[] {
  const workloads = new Map(
    nodes.flatMap((node) => (node.type === 'workload' ? [[node.id, node] as const] : [])),
  );
  const rows = new Map<string, { readonly node: WorkloadNode; readonly edges: Edge[] }>();
  for (const edge of edges) {
    const [mine, other] = way === 'to' ? [edge.source, edge.target] : [edge.target, edge.source];
    const node = workloads.get(mine);
    const end = workloads.get(other);
    if (!node || !end || !matches(resources, node) || !matches([peer], end)) continue;
    if (peer.namespace !== null && end.namespace !== peer.namespace) continue;
    const row = rows.get(mine) ?? { node, edges: [] };
    row.edges.push(edge);
    rows.set(mine, row);
  }
  return [...rows.values()].map(({ node, edges: own }) => ({
    ...{ id: node.id, namespace: node.namespace, kind: node.kind, name: node.name },
    ...{ meshed: node.meshed, pods: node.pods ?? null, owner: null, status: null, decisions: null },
    golden: together(own),
    refused: own.some(({ refused }) => refused !== null) ? sum(own.map(refusedRps)) : null,
    tcp: connections(own),
  }));
}

/** Quantiles of several edges cannot be added: they are there for one alone. */
function together(edges: readonly Edge[]): Golden | null {
  const known = edges.flatMap(({ http }) => (http ? [http] : []));
  const [only] = known;
  if (!only) return null;
  if (known.length === 1) {
    const { securedShare, ...golden } = only;
    return golden;
  }
  const judged = known.filter(({ successRate }) => successRate !== null);
  const rps = sum(judged.map((http) => http.rps));
  return {
    rps: sum(known.map((http) => http.rps)),
    successRate:
      rps > 0 ? Math.min(1, sum(judged.map((http) => http.rps * (http.successRate ?? 0))) / rps) : null,
    requests: sum(known.map(({ requests }) => requests)),
    failures: sum(known.map(({ failures }) => failures)),
    ...{ p50Ms: null, p95Ms: null, p99Ms: null },
  };
}

function connections(edges: readonly Edge[]): WorkloadTcp | null {
  const known = edges.flatMap(({ tcp }) => (tcp ? [tcp] : []));
  if (known.length === 0) return null;
  return {
    openConnections: sumKnown(known.map((tcp) => tcp.openConnections)),
    opensPerSecond: sumKnown(known.map((tcp) => tcp.opensPerSecond)),
    readBytesPerSecond: sumKnown(known.map((tcp) => tcp.readBytesPerSecond)),
    writeBytesPerSecond: sumKnown(known.map((tcp) => tcp.writeBytesPerSecond)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? sum(known) : null;
}
