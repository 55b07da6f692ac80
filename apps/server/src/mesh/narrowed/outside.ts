// A graph as a signed link shows it: what lies outside of its namespaces has no name, and nobody's identity is told.

import { toLink } from '@latchwork/graph/scene/link';
import type { Edge } from '@latchwork/shared/edge';
import type { Graph } from '@latchwork/shared/graph';
import type { Lock, LockState } from '@latchwork/shared/lock';
import type { ExternalWhat, Node, OutsideNode } from '@latchwork/shared/node';
import { parseNodeId } from '@latchwork/shared/node-id';
import { sharedRefusal } from '@latchwork/shared/refusal';

/** What those are called who stand for themselves in a picture, and whose names are not told. */
const NAMELESS: Partial<Record<ExternalWhat, string>> = {
  remote: 'another cluster',
  identity: 'a meshed peer',
};

type OutsideId = OutsideNode['id'];

/** `namespaces` empty: all of them are inside. */
export function withoutOutside(graph: Graph, namespaces: readonly string[]): Graph {
  const inside = new Set(namespaces);
  const isInside = (namespace: string) => inside.size === 0 || inside.has(namespace);
  const names = new Map<string, string>();
  const outsiders = new Set<string>();
  const nodes: Node[] = [];
  for (const node of graph.nodes) {
    if (node.type === 'external') {
      // An address or a name outside of the mesh may be another team's: only what kind of thing it is stays.
      const id = `external:${node.what}/${names.size + 1}`;
      names.set(node.id, id);
      nodes.push({ type: 'external', id, what: node.what, name: NAMELESS[node.what] ?? null });
    } else if (node.type === 'outside' || !isInside(namespaceOf(node))) outsiders.add(node.id);
    else nodes.push(node);
  }

  const pairs = new Map<string, Edge[]>();
  const used = new Set<OutsideId>();
  const nameOf = (id: string, outsideId: OutsideId) => {
    if (!outsiders.has(id)) return names.get(id) ?? id;
    used.add(outsideId);
    return outsideId;
  };
  for (const edge of graph.edges) {
    if (outsiders.has(edge.source) && outsiders.has(edge.target)) continue;
    const source = nameOf(edge.source, 'outside:callers');
    const target = nameOf(edge.target, 'outside:callees');
    const key = `${source} ${target}`;
    const { split } = edge;
    const isSplitInside =
      split && [split.parent, `${split.route.namespace}/`].every((id) => isInside(placeOf(id)));
    const shown = { ...bare(edge, source, target), ...(isSplitInside ? { split } : {}) };
    pairs.set(key, [...(pairs.get(key) ?? []), shown]);
  }
  return {
    ...graph,
    namespaces: graph.namespaces.filter(isInside),
    // Sentences of the source name whatever they are about.
    diagnoses: [],
    parts: Object.fromEntries(
      Object.entries(graph.parts).map(([name, part]) => [name, { ...part, message: null }]),
    ),
    nodes: [...nodes, ...[...used].map((id): Node => ({ type: 'outside', id }))].sort(by(({ id }) => id)),
    edges: [...pairs.values()].map(merged).sort(by(({ source, target }) => `${source} ${target}`)),
  };
}

function placeOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

/** A caller without a proxy is where its target is. */
function namespaceOf(node: Exclude<Node, { type: 'external' | 'outside' }>): string {
  const named = node.type === 'unmeshed' ? parseNodeId(node.target) : node;
  return named && 'namespace' in named ? (named.namespace ?? '') : '';
}

function bare(
  { http, tcp, lock, refused, refusedShare, unreached }: Edge,
  source: string,
  target: string,
): Edge {
  return {
    source,
    target,
    http,
    tcp,
    lock: { ...lock, clientIds: [], serverIds: [] },
    refused,
    refusedShare,
    unreached,
    notes: [],
  };
}

/** Only the sums are asked for. */
const UNJUDGED = { successTarget: 1 };

/** Several peers that are one now: their numbers added up, their locks as a share. */
function merged(edges: readonly Edge[]): Edge {
  const [only] = edges as [Edge];
  if (edges.length === 1) return only;
  const { split, ...first } = only;
  const { http, tcp, securedShare } = toLink('', first.source, first.target, edges, UNJUDGED);
  return {
    ...first,
    http,
    tcp,
    lock: lockOf(edges, securedShare),
    refused: summed(edges.map(({ refused }) => refused)),
    refusedShare: sharedRefusal(edges),
    unreached: summed(edges.map(({ unreached }) => unreached)),
  };
}

function lockOf(edges: readonly Edge[], securedShare: number | null): Lock {
  const isOpaque = edges.every(({ lock }) => lock.state === 'opaque' || lock.state === 'unknown');
  const state: LockState =
    securedShare === null
      ? 'unknown'
      : securedShare === 1
        ? 'secured'
        : securedShare > 0
          ? 'mixed'
          : isOpaque
            ? 'opaque'
            : 'plaintext';
  const reasons =
    state === 'secured' || securedShare === null ? [] : [{ reason: 'several', share: 1 - securedShare }];
  return { state, securedShare, reasons, clientIds: [], serverIds: [] };
}

function summed<T extends Readonly<Record<string, number>>>(parts: readonly (T | null)[]): T | null {
  const sums: Record<string, number> = {};
  for (const part of parts)
    for (const [name, amount] of Object.entries(part ?? {})) sums[name] = (sums[name] ?? 0) + amount;
  return parts.some((part) => part !== null) ? (sums as T) : null;
}

function by<T>(key: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => (key(a) < key(b) ? -1 : 1);
}
