// What the search finds in a mesh: workloads and other peers by name, namespaces, and identities. Pure.

import { peerName } from '@latchwork/figures/peer';
import type { Edge } from '@latchwork/shared/edge';
import { shortIdentity } from '@latchwork/shared/identity';
import type { Node } from '@latchwork/shared/node';
import { parseNodeId } from '@latchwork/shared/node-id';
import { wordsOf } from '../filter/words.ts';

export interface Findable {
  key: string;
  /** `peer` leads to a node, `namespace` to a scope, `identity` to the node that has it. */
  what: 'peer' | 'namespace' | 'identity';
  name: string;
  /** Where or what it is, quieter beside the name. */
  note: string;
  nodeId: string | null;
  namespace: string | null;
}

export function toFindables(mesh: {
  nodes: readonly Node[];
  edges: readonly Edge[];
  namespaces: readonly string[];
}): Findable[] {
  return [
    ...mesh.namespaces.map((name): Findable => {
      return { key: `ns ${name}`, what: 'namespace', name, note: 'namespace', nodeId: null, namespace: name };
    }),
    ...mesh.nodes.filter(({ type }) => type !== 'unmeshed').map(toPeer),
    ...toIdentities(mesh.edges),
  ];
}

/** Best first: the name itself, its beginning, a word of it, any part of it, then what stands beside it. */
export function find(findables: readonly Findable[], query: string): Findable[] {
  const words = wordsOf(query);
  if (words.length === 0) return findables.filter(({ what }) => what === 'peer');
  return findables
    .map((findable) => ({ findable, rank: rankOf(findable, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || compare(a.findable.name, b.findable.name))
    .map(({ findable }) => findable);
}

function rankOf({ name, note }: Findable, words: readonly string[]): number {
  const [inName, beside] = [name.toLowerCase(), note.toLowerCase()];
  let total = 0;
  for (const word of words) {
    const rank =
      inName === word
        ? 5
        : inName.startsWith(word)
          ? 4
          : inName.split(/[-./:]/).some((part) => part.startsWith(word))
            ? 3
            : inName.includes(word)
              ? 2
              : beside.includes(word)
                ? 1
                : 0;
    if (rank === 0) return 0;
    total += rank;
  }
  return total;
}

function toPeer(node: Node): Findable {
  const { name, namespace, kind } = peerName(node.id);
  return {
    key: node.id,
    what: 'peer',
    name: (node.type === 'external' ? node.name : null) ?? name,
    note: namespace === null ? kind : `${kind} in ${namespace}`,
    nodeId: node.id,
    namespace,
  };
}

function toIdentities(edges: readonly Edge[]): Findable[] {
  const found = new Map<string, Findable>();
  const add = (identity: string, nodeId: string) => {
    const { name, namespace } = peerName(nodeId);
    if (!found.has(identity))
      found.set(identity, {
        key: `id ${identity}`,
        what: 'identity',
        name: shortIdentity(identity),
        note: `identity of ${name}`,
        nodeId,
        namespace,
      });
  };
  for (const { lock, source, target } of edges) {
    for (const identity of lock.serverIds) add(identity, target);
    for (const identity of lock.clientIds)
      if (parseNodeId(source)?.type !== 'unmeshed') add(identity, source);
  }
  return [...found.values()].sort((a, b) => compare(a.name, b.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
