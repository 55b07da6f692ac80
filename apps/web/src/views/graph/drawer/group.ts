// What the drawer says of a card or line that stands for several nodes or edges, or for what is no workload.

import { counted } from '@latchwork/figures/count';
import { peerName } from '@latchwork/figures/peer';
import { boxWord } from '@latchwork/graph/scene/box-of';
import type { Card } from '@latchwork/graph/scene/card';
import { lockCountWords } from '@latchwork/graph/scene/lock-counts';
import { shownName } from '@latchwork/graph/scene/speakable';
import type { Edge } from '@latchwork/shared/edge';
import type { ExternalNode, Node } from '@latchwork/shared/node';
import { nodeName } from '../../../drawer/node-name.ts';
import type { Selection } from './selection.ts';

/**
 * `isFolded`: a box with all that is in it; `links` are the edges of a line that stands for several; `cards` those that have no
 * place in the picture, the worst first.
 */
export interface Group {
  /** Stays while numbers change. */
  key: string;
  title: string;
  subtitle: string;
  text: string | null;
  members: readonly string[];
  isFolded: boolean;
  links: readonly Edge[] | null;
  cards: readonly Card[] | null;
}

const PLAIN = { text: null, isFolded: false, links: null, cards: null };
const UNMESHED =
  'Nobody knows these callers by name: they come without an identity, so metrics count them together for each workload they reach.';

const WHEREABOUTS: Record<ExternalNode['what'], string> = {
  host: 'outside the mesh',
  egress: 'outside the mesh',
  identity: 'meshed, not scraped here',
  remote: 'in another cluster',
};

/** Works for every selection but an edge and a workload, which have drawers of their own. `by`: the label whose values boxes are. */
export function toGroup(
  selection: Selection,
  nodes: ReadonlyMap<string, Node>,
  by: string | undefined,
): Group {
  switch (selection.kind) {
    case 'node':
      return ofNode(selection.node, nodes);
    case 'card':
      return ofCard(selection.card, nodes, by);
    case 'link': {
      const { id, edges, source, target } = selection.link;
      return {
        ...PLAIN,
        key: id,
        ...pairTitle([source, target], selection.cards, nodes, by),
        text: `${counted(edges.length, 'edge')}: ${lockWords(edges)}.`,
        members: [],
        links: edges,
      };
    }
    case 'edge':
      return { ...PLAIN, key: 'edge', title: 'Edge', subtitle: '', members: [], links: [selection.edge] };
  }
}

/** "2 plaintext, 7 secured". */
function lockWords(edges: readonly Edge[]): string {
  return (['plaintext', 'mixed', 'opaque', 'unknown', 'secured'] as const)
    .map((mark) => ({ mark, count: edges.filter(({ lock }) => lock.state === mark).length }))
    .filter((one) => one.count > 0)
    .map(lockCountWords)
    .join(', ');
}

/** What a line or cell stands for that adds up several edges. */
function pairTitle(
  [source, target]: readonly [string, string],
  cards: readonly Card[],
  nodes: ReadonlyMap<string, Node>,
  by: string | undefined,
): Pick<Group, 'title' | 'subtitle'> {
  const nameOf = (end: string) =>
    cards.find(({ id, type }) => id === end && type === 'rest')?.label ?? cardName(end, nodes);
  const [from, to] = [source, target].map(nameOf) as [string, string];
  const folded = [source, target].filter((card) => card.startsWith('folded:')).length;
  if (source === target && folded > 0)
    return { title: `Inside ${from}`, subtitle: `calls inside a ${boxWord(by)}` };
  const between =
    folded === 2
      ? `calls between two ${by === undefined ? 'namespaces' : `groups by ${by}`}`
      : 'drawn as one';
  return { title: `${from} to ${to}`, subtitle: between };
}

function cardName(card: string, nodes: ReadonlyMap<string, Node>): string {
  if (card === 'unmeshed') return 'Unmeshed';
  if (card === 'external') return 'Internet';
  if (card.startsWith('folded:')) return shownName(card.slice('folded:'.length));
  return nodeName(nodes.get(card), card);
}

function ofNode(node: Node, nodes: ReadonlyMap<string, Node>): Group {
  const group = { ...PLAIN, key: node.id, members: [node.id], title: nodeName(node, node.id) };
  switch (node.type) {
    case 'service':
      return {
        ...group,
        subtitle: `${node.namespace}, Service`,
        text: 'A Service by itself: either no call reached an endpoint, or its endpoints are no pods.',
      };
    case 'unmeshed':
      return {
        ...group,
        subtitle: `callers of ${nodeName(nodes.get(node.target), node.target)} without a proxy`,
        text: UNMESHED,
      };
    case 'external':
      return { ...group, subtitle: WHEREABOUTS[node.what], text: outside(node) };
    case 'outside':
      return { ...group, subtitle: 'workloads of namespaces that are not shown' };
    case 'workload':
      return { ...group, subtitle: node.namespace };
  }
}

function ofCard(card: Card, nodes: ReadonlyMap<string, Node>, by: string | undefined): Group {
  const members = card.nodes.map(({ id }) => id);
  const [first] = card.nodes;
  const group = { ...PLAIN, key: card.id, members };
  if (card.standsFor) {
    const { cards, edges } = card.standsFor;
    return {
      ...group,
      title: card.label,
      subtitle: 'drawn as one: first whose calls here are worst, then most',
      cards,
      links: edges,
    };
  }
  if (card.type === 'folded')
    return { ...group, title: card.label, subtitle: `folded ${boxWord(by)}`, isFolded: true };
  if (card.type === 'unmeshed')
    return { ...group, title: 'Unmeshed', subtitle: 'callers without a proxy', text: UNMESHED };
  if (card.type === 'external')
    return {
      ...group,
      title: 'Internet',
      subtitle: `outside the mesh, ${counted(members.length, 'host')}`,
      text: 'Destinations that service discovery does not know. Without an identity there is no mTLS; the application may still use TLS of its own.',
    };
  return first ? ofNode(first, nodes) : { ...group, title: card.label, subtitle: '' };
}

const MIRRORED =
  'A Service of another cluster, called through the gateway there: what its pods count is not in these metrics. Who calls it, how well and how locked as far as the gateway, is.';

function outside({ id, what }: ExternalNode): string {
  switch (what) {
    case 'identity':
      return 'A meshed peer whose proxy this Prometheus does not scrape: known by its service account alone.';
    case 'remote':
      if (/\/service\/[^/]+$/.test(id)) return MIRRORED;
      return 'Pods that neither these metrics nor this Kubernetes know, behind a Service that reaches into another cluster: known by what their callers count alone.';
    case 'egress':
      return 'What this EgressNetwork turned away. The destination itself is in no metric.';
    case 'host':
      return peerName(id).name;
  }
}
