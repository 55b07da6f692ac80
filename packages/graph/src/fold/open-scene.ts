// One box, or one card, of a large graph: its neighbours folded, callers at its left and callees at its right, the
// worst of them by name and the rest as one card, so that a hub can be read as well.

import type { Edge } from '@latchwork/shared/edge';
import { byRank, type Line, toLine } from '../overview/line.ts';
import { boxesOf } from '../scene/box-of.ts';
import { CARD_SIZES, type Card } from '../scene/card.ts';
import { type Link, linkIdOf, toLink } from '../scene/link.ts';
import { byEnds } from '../scene/links.ts';
import { type Scene, toScene, type View } from '../scene/scene.ts';
import { securedShares } from '../scene/secured-shares.ts';
import { focusBox } from './focus-box.ts';

const MOST_INSIDE = 60;
const MOST_AT_A_SIDE = 9;
const FEWER_AT_A_SIDE = 7;
const FOLDED_PITCH = 104;
const REST_PITCH = 76;
const NEAR = 0.8;
const KEPT_SHARE = 1.5;

export const REST_IDS = { callers: 'rest:callers', callees: 'rest:callees', inside: 'rest:inside' } as const;

/**
 * `heightPx` of the canvas decides how many neighbours a side has room for; null for one that is as high as it comes. Who has
 * a card in `drawn` keeps it while half as many again would have one.
 */
export function openScene(
  graph: Parameters<typeof toScene>[0],
  focus: string,
  heightPx: number | null,
  view: Pick<View, 'hidden' | 'successTarget'>,
  drawn: ReadonlySet<string> = new Set(),
): Scene {
  const open = focusBox(graph.nodes, focus);
  const folded = boxesOf(graph.nodes);
  if (open !== null) folded.delete(open);
  const whole = toScene(graph, { ...view, folded, focus });
  const isMiddle = ({ id, box }: Card) => id === focus || (focus === open && box === open);
  const [middle, around] = [whole.cards.filter(isMiddle), whole.cards.filter((card) => !isMiddle(card))];
  const neighbours = around.filter(({ box }) => box === null);
  const sides = sidesOf(neighbours, new Set(middle.map(({ id }) => id)), whole.links);
  const order = worstFirst(whole.links);
  const most = mostAtASide(heightPx);

  const restOf = new Map<string, string>();
  const merge = (cards: readonly Card[], keep: number, into: string) => {
    if (cards.length <= keep) return;
    const ranked = order(cards);
    const near = ranked.slice(0, Math.ceil(KEPT_SHARE * keep));
    const stays = new Set(near.filter(({ id }) => drawn.has(id)).slice(0, keep));
    for (const card of ranked) if (stays.size < keep) stays.add(card);
    for (const card of ranked) if (!stays.has(card)) restOf.set(card.id, into);
  };
  merge(
    neighbours.filter(({ id }) => sides.get(id) === 'left'),
    most,
    REST_IDS.callers,
  );
  merge(
    neighbours.filter(({ id }) => sides.get(id) === 'right'),
    most,
    REST_IDS.callees,
  );
  // Siblings of one card are as many as its box has: they count as what is inside.
  const inside = whole.cards.filter(({ box, id }) => box !== null && box === open && id !== focus);
  merge(inside, MOST_INSIDE, REST_IDS.inside);

  const links = merged(whole.links, restOf, view.successTarget);
  const rests = Object.values(REST_IDS).flatMap((id) => restCard(id, whole, restOf, links, open) ?? []);
  const cards = whole.cards
    .filter(({ id }) => !restOf.has(id))
    .map((card) => {
      const side = sides.get(card.id);
      return side ? { ...card, side } : card;
    });
  return { ...whole, cards: [...cards, ...rests].sort(byId), links };
}

function mostAtASide(heightPx: number | null): number {
  return heightPx !== null && (MOST_AT_A_SIDE * FOLDED_PITCH + REST_PITCH) * NEAR > heightPx
    ? FEWER_AT_A_SIDE
    : MOST_AT_A_SIDE;
}

/** Who only or mostly calls stands left, all others right. */
function sidesOf(
  neighbours: readonly Card[],
  middle: ReadonlySet<string>,
  links: readonly Link[],
): Map<string, 'left' | 'right'> {
  const calls = new Map<string, { in: number; out: number; any: boolean }>();
  const add = (id: string, way: 'in' | 'out', weight: number) => {
    const sum = calls.get(id) ?? { in: 0, out: 0, any: false };
    calls.set(id, { ...sum, [way]: sum[way] + weight });
  };
  for (const link of links) {
    // A line without requests still says who calls.
    const weight = (link.http?.rps ?? 0) + link.unreachedRps + link.refusedRps + 1e-6;
    if (middle.has(link.target)) add(link.source, 'in', weight);
    if (middle.has(link.source)) add(link.target, 'out', weight);
  }
  return new Map(
    neighbours.map(({ id }) => {
      const sum = calls.get(id);
      return [id, sum && sum.in >= sum.out ? 'left' : 'right'];
    }),
  );
}

/** Cards by the worst line that each has. */
function worstFirst(links: readonly Link[]): (cards: readonly Card[]) => Card[] {
  const worst = new Map<string, Line>();
  for (const link of links) {
    const line = toLine(link);
    for (const id of [link.source, link.target]) {
      const before = worst.get(id);
      if (!before || byRank(line, before) < 0) worst.set(id, line);
    }
  }
  return (cards) =>
    [...cards].sort((a, b) => {
      const [x, y] = [worst.get(a.id), worst.get(b.id)];
      if (!x || !y) return x ? -1 : y ? 1 : byId(a, b);
      return byRank(x, y) || byId(a, b);
    });
}

function merged(links: readonly Link[], restOf: ReadonlyMap<string, string>, successTarget: number): Link[] {
  if (restOf.size === 0) return [...links];
  const edges = new Map<string, { source: string; target: string; edges: Edge[] }>();
  const kept: Link[] = [];
  for (const link of links) {
    const [source, target] = [restOf.get(link.source) ?? link.source, restOf.get(link.target) ?? link.target];
    if (source === link.source && target === link.target) kept.push(link);
    else if (source !== target) {
      const id = linkIdOf(source, target, link.edges[0]!);
      const group = edges.get(id) ?? { source, target, edges: [] };
      group.edges.push(...link.edges);
      edges.set(id, group);
    }
  }
  const sums = [...edges].map(([id, group]) =>
    toLink(id, group.source, group.target, group.edges.sort(byEnds), { successTarget }),
  );
  return [...kept, ...sums].sort(byId);
}

function restCard(
  id: string,
  whole: Scene,
  restOf: ReadonlyMap<string, string>,
  links: readonly Link[],
  open: string | null,
): Card | null {
  const cards = whole.cards.filter((card) => restOf.get(card.id) === id);
  if (cards.length === 0) return null;
  const own = links.filter((link) => (id === REST_IDS.callers ? link.source : link.target) === id);
  const https = own.flatMap(({ http, mark }) => (http && mark !== 'refused' ? [http.rps] : []));
  const edges = links.filter(({ source, target }) => source === id || target === id).flatMap((l) => l.edges);
  const isInside = id === REST_IDS.inside;
  const word = { [REST_IDS.callers]: 'callers', [REST_IDS.callees]: 'callees' }[id] ?? 'workloads';
  return {
    id,
    type: 'rest',
    box: isInside ? open : null,
    home: isInside ? open : null,
    namespace: isInside && whole.by === undefined ? open : null,
    label: `${cards.length} more ${cards.length === 1 ? word.slice(0, -1) : word}`,
    ...CARD_SIZES.rest,
    ...(isInside ? {} : { side: id === REST_IDS.callers ? ('left' as const) : ('right' as const) }),
    nodes: cards.flatMap(({ nodes }) => nodes).sort(byId),
    meshed: null,
    traffic: {
      rps: https.length > 0 ? https.reduce((sum, rps) => sum + rps, 0) : null,
      successRate: null,
      requests: 0,
      failures: 0,
      p95Ms: null,
      tcp: null,
      refusedRps: 0,
      unreachedRps: 0,
    },
    shares: securedShares(edges),
  };
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
