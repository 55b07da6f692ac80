// One card for many that have no room: what it is called, what it stands for, and what it tells of it.

import { count } from '@latchwork/figures/count';
import type { Judge } from '@latchwork/figures/targets';
import type { Edge } from '@latchwork/shared/edge';
import { isAllRefused } from '@latchwork/shared/refusal';
import { CARD_SIZES, type Card } from '../scene/card.ts';
import { type Link, toJudged } from '../scene/link.ts';
import { REST_IDS } from '../scene/rest.ts';
import { securedShares } from '../scene/secured-shares.ts';
import { faultsOf, toInside } from './inside.ts';

export interface Merged {
  id: string;
  /** What it stands for, the worst first; never none. */
  cards: readonly Card[];
  /** Of the picture, merged. */
  links: readonly Link[];
  /** Edges between two siblings that have no card. */
  inside: readonly Edge[];
  /** All edges that touch what it stands for, whoever is at their other ends. */
  all: readonly Edge[];
  /** The box that it is a part of; null for what stands beside one. */
  box: string | null;
  namespace: string | null;
}

export function restCard({ id, cards, links, inside, all, box, namespace }: Merged, judge: Judge): Card {
  const isInside = id === REST_IDS.inside;
  const within = isInside ? inside : [];
  const edgesOf = (own: readonly Link[]) => [...own.flatMap(({ edges }) => edges), ...within];
  const edges = edgesOf(links.filter(({ source, target }) => source === id || target === id));
  const counted = edgesOf(
    links.filter((link) => (id === REST_IDS.callers ? link.source : link.target) === id),
  );
  const faults = toInside(faultsOf(within, judge), cards);
  return {
    id,
    type: 'rest',
    box,
    home: box,
    namespace,
    label: labelOf(id, cards.length),
    ...CARD_SIZES.rest,
    ...(isInside ? {} : { side: id === REST_IDS.callers ? ('left' as const) : ('right' as const) }),
    nodes: cards.flatMap(({ nodes }) => nodes).sort(byId),
    standsFor: { cards, edges },
    meshed: null,
    traffic: trafficOf(counted, judge),
    shares: securedShares(all),
    ...(faults && { inside: faults }),
  };
}

/** Of calls to them; of callers, of calls by them. */
function trafficOf(edges: readonly Edge[], judge: Judge): Card['traffic'] {
  const { http } = toJudged(
    edges.filter((edge) => !isAllRefused(edge)),
    judge,
  );
  const { refusedRps, unreachedRps } = toJudged(edges, judge);
  const { rps, successRate, requests, failures } = http ?? {
    ...{ rps: null, successRate: null, requests: 0, failures: 0 },
  };
  return { rps, successRate, requests, failures, p95Ms: null, tcp: null, refusedRps, unreachedRps };
}

function labelOf(id: string, cards: number): string {
  const word = { [REST_IDS.callers]: 'callers', [REST_IDS.callees]: 'callees' }[id] ?? 'workloads';
  return `${count(cards)} more ${cards === 1 ? word.slice(0, -1) : word}`;
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
