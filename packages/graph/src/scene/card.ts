// A card: what stands for one or many nodes of the contract, its size, and the numbers on it.

import type { CardTraffic, CardType, ToldCard } from '@latchwork/figures/card-facts';
import type { Edge } from '@latchwork/shared/edge';
import type { Node, WorkloadNode } from '@latchwork/shared/node';
import type { Shape } from '../draw/shape.ts';
import { boxOf, groupOf } from './box-of.ts';
import type { FaultCounts } from './fault-counts.ts';
import type { Link } from './link.ts';
import { type SecuredShares, securedShares, weighted } from './secured-shares.ts';
import { shownName } from './speakable.ts';
import { sum, sumKnown } from './sums.ts';

/** What is wrong inside a card, where no line says so: with signs that end at 0, 0, and how wide they are. */
export interface Inside {
  counts: FaultCounts;
  words: string;
  shapes: readonly Shape[];
  width: number;
}

export interface Card extends ToldCard {
  /** A node's id; `unmeshed` and `external` for all of theirs; `folded:BOX`. */
  id: string;
  /** The box that it stands in; null for cards outside of any, as a folded one is. */
  box: string | null;
  /** The box that it belongs to, or that it is. */
  home: string | null;
  /** Null as well for a folded box that is no namespace. */
  namespace: string | null;
  label: string;
  /** A folded box is narrower when it folds in place: the layout's size wins. */
  width: number;
  height: number;
  /** Where it stands at the side of an open box: callers left, callees right. */
  side?: 'left' | 'right';
  /** Sorted by id. */
  nodes: readonly Node[];
  /** Of all edges that touch it. */
  shares: SecuredShares;
  /** Where a large graph has one box open. */
  inside?: Inside;
  /** Of a rest: the cards that it is there for, the worst first, and the edges that it tells of. */
  standsFor?: { cards: readonly Card[]; edges: readonly Edge[] };
}

export const CARD_WIDTH = 148;
export const CARD_HEIGHT = 56;
export const CARD_SIZES: Record<CardType, { width: number; height: number }> = {
  workload: { width: CARD_WIDTH, height: CARD_HEIGHT },
  service: { width: CARD_WIDTH, height: CARD_HEIGHT },
  unmeshed: { width: 112, height: CARD_HEIGHT },
  external: { width: CARD_WIDTH, height: CARD_HEIGHT },
  peer: { width: CARD_WIDTH, height: CARD_HEIGHT },
  outside: { width: CARD_WIDTH, height: CARD_HEIGHT },
  folded: { width: 184, height: 84 },
  rest: { width: 184, height: CARD_HEIGHT },
};

const NO_TRAFFIC: CardTraffic = {
  rps: null,
  successRate: null,
  requests: 0,
  failures: 0,
  p95Ms: null,
  tcp: null,
  refusedRps: 0,
  unreachedRps: 0,
};

export function foldedId(box: string): string {
  return `folded:${box}`;
}

export function cardIdOf(node: Node, folded: ReadonlySet<string>): string {
  if (node.type === 'unmeshed') return node.type;
  if (node.type === 'external') return isMeshedPeer(node) ? node.id : node.type;
  if (node.type === 'outside') return node.id;
  const box = boxOf(node) as string;
  return folded.has(box) ? foldedId(box) : node.id;
}

/** Someone of this or another mesh, who only is not in these metrics: never a part of the Internet. */
function isMeshedPeer(node: Node): boolean {
  return node.type === 'external' && (node.what === 'identity' || node.what === 'remote');
}

/** What touches a card: its lines, and all edges of the contract, those inside a folded box too. */
export interface Touching {
  ins: readonly Link[];
  outs: readonly Link[];
  edges: readonly Edge[];
}

/** `nodes` are all that the card `id` stands for, sorted by id. */
export function toCard(id: string, nodes: readonly Node[], { ins, outs, edges }: Touching): Card {
  const first = nodes[0]!;
  const type = id.startsWith('folded:') ? 'folded' : isMeshedPeer(first) ? 'peer' : first.type;
  const home = boxOf(first);
  return {
    id,
    type,
    box: type === 'folded' ? null : home,
    home,
    namespace: 'namespace' in first && !(type === 'folded' && groupOf(first)) ? first.namespace : null,
    label: labelOf(type, first),
    ...CARD_SIZES[type],
    nodes,
    meshed: type === 'workload' ? (first as WorkloadNode).meshed : null,
    traffic: trafficOf(
      type,
      first,
      type === 'unmeshed' || id === 'outside:callers' || (type === 'peer' && ins.length === 0) ? outs : ins,
    ),
    shares: securedShares(edges),
  };
}

function labelOf(type: CardType, first: Node): string {
  if (type === 'unmeshed') return 'Unmeshed';
  if (type === 'external') return 'Internet';
  if (type === 'outside') return 'Elsewhere';
  if (type === 'folded') return shownName(boxOf(first) as string);
  return shownName(groupOf(first)?.name ?? ('name' in first && first.name !== null ? first.name : first.id));
}

function trafficOf(type: CardType, first: Node, links: readonly Link[]): CardTraffic {
  const turnedAway = {
    refusedRps:
      first.type === 'workload' && type !== 'folded'
        ? (first.denied ?? 0)
        : sum(links.map((link) => link.refusedRps)),
    unreachedRps: sum(links.map((link) => link.unreachedRps)),
  };
  if (type === 'workload' && (first as WorkloadNode).golden) {
    const { rps, successRate, requests, failures, p95Ms } = (first as WorkloadNode).golden!;
    return { ...NO_TRAFFIC, ...turnedAway, rps, successRate, requests, failures, p95Ms };
  }
  const https = links.flatMap(({ http, mark }) => (http && mark !== 'refused' ? [http] : []));
  const tcps = links.flatMap(({ tcp, mark }) => (tcp && mark !== 'refused' ? [tcp] : []));
  return {
    ...turnedAway,
    rps: https.length > 0 ? sum(https.map(({ rps }) => rps)) : null,
    successRate:
      type === 'folded'
        ? weighted(https.map(({ successRate, rps }) => ({ share: successRate, weight: rps })))
        : null, // of a card without a proxy only its callers' view is known: it stays on their lines
    requests: sum(https.map(({ requests }) => requests)),
    failures: sum(https.map(({ failures }) => failures)),
    p95Ms: null,
    tcp:
      tcps.length === 0
        ? null
        : {
            openConnections: sumKnown(tcps.map(({ openConnections }) => openConnections)),
            bytesPerSecond: sumKnown(
              tcps.flatMap(({ readBytesPerSecond, writeBytesPerSecond }) => [
                readBytesPerSecond,
                writeBytesPerSecond,
              ]),
            ),
          },
  };
}
