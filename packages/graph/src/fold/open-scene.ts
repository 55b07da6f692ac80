// One box, or one card, of a large graph: its neighbours folded, callers at its left and callees at its right, the
// worst of them by name and the rest as one card, so that a hub can be read as well.

import type { Edge } from '@latchwork/shared/edge';
import { boxesOf } from '../scene/box-of.ts';
import type { Card } from '../scene/card.ts';
import { type Link, linkIdOf, toLink } from '../scene/link.ts';
import { byEnds, sortedEdges } from '../scene/links.ts';
import { REST_IDS } from '../scene/rest.ts';
import { type Scene, toScene, type View } from '../scene/scene.ts';
import { focusBox } from './focus-box.ts';
import type { Room } from './folds.ts';
import { withInside } from './inside.ts';
import { fittedInside } from './most-inside.ts';
import { type Kept, withoutCard } from './named-first.ts';
import { restCard } from './rest-card.ts';

const MOST_AT_A_SIDE = 9;
const FEWER_AT_A_SIDE = 7;
const FOLDED_PITCH = 104;
const REST_PITCH = 76;
const NEAR = 0.8;
const NONE: Kept = { drawn: new Set(), from: new Set() };

/** `room` decides how many neighbours a side has, and how many of the box's own have a card. */
export function openScene(
  graph: Parameters<typeof toScene>[0],
  focus: string,
  room: Room,
  view: Pick<View, 'hidden' | 'successTarget'>,
  keep: Kept = NONE,
): Scene {
  const open = focusBox(graph.nodes, focus);
  const folded = boxesOf(graph.nodes);
  if (open !== null) folded.delete(open);
  const bare = toScene(graph, { ...view, folded, focus });
  const whole = { ...bare, cards: withInside(bare.cards, graph.edges, view) };
  const isMiddle = ({ id, box }: Card) => id === focus || (focus === open && box === open);
  const [middle, around] = [whole.cards.filter(isMiddle), whole.cards.filter((card) => !isMiddle(card))];
  const neighbours = around.filter(({ box }) => box === null);
  const sides = sidesOf(neighbours, new Set(middle.map(({ id }) => id)), whole.links);
  const mostBeside = mostAtASide(room.height);
  const atSide = (side: 'left' | 'right') => neighbours.filter(({ id }) => sides.get(id) === side);
  // Siblings of one card are as many as its box has: they count as what is inside.
  const inside = whole.cards.filter(({ box, id }) => box !== null && box === open && id !== focus);
  return fittedInside(inside, keep.drawn, room, madeWith);

  function madeWith(mostInside: number): Scene {
    const restOf = new Map<string, string>();
    const mergedInto = new Map<string, readonly Card[]>();
    const merge = (cards: readonly Card[], most: number, into: string) => {
      if (cards.length <= most) return;
      const rest = withoutCard(cards, whole.links, most, keep);
      mergedInto.set(into, rest);
      for (const { id } of rest) restOf.set(id, into);
    };
    merge(atSide('left'), mostBeside, REST_IDS.callers);
    merge(atSide('right'), mostBeside, REST_IDS.callees);
    merge(inside, mostInside, REST_IDS.inside);

    const { links, inside: insideRest } = merged(whole.links, restOf, view.successTarget);
    const rests = [...mergedInto].flatMap(([id, cards]) => {
      const box = id === REST_IDS.inside ? open : null;
      const namespace = whole.by === undefined ? box : null;
      if (view.hidden.has(id)) return [];
      const all = edgesOf(cards, graph.edges);
      return [restCard({ id, cards, links, inside: insideRest, all, box, namespace }, view)];
    });
    const cards = whole.cards
      .filter(({ id }) => !restOf.has(id))
      .map((card) => {
        const side = sides.get(card.id);
        return side ? { ...card, side } : card;
      });
    const isShown = ({ source, target }: Link) => !view.hidden.has(source) && !view.hidden.has(target);
    return { ...whole, cards: [...cards, ...rests].sort(byId), links: links.filter(isShown) };
  }
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

/** `inside`: edges between two that have no card, which no line shows. */
function merged(
  links: readonly Link[],
  restOf: ReadonlyMap<string, string>,
  successTarget: number,
): { links: Link[]; inside: Edge[] } {
  if (restOf.size === 0) return { links: [...links], inside: [] };
  const inside: Edge[] = [];
  const edges = new Map<string, { source: string; target: string; edges: Edge[] }>();
  const kept: Link[] = [];
  for (const link of links) {
    const [source, target] = [restOf.get(link.source) ?? link.source, restOf.get(link.target) ?? link.target];
    if (source === link.source && target === link.target) kept.push(link);
    else if (source === target) inside.push(...link.edges);
    else {
      const id = linkIdOf(source, target, link.edges[0]!);
      const group = edges.get(id) ?? { source, target, edges: [] };
      group.edges.push(...link.edges);
      edges.set(id, group);
    }
  }
  const sums = [...edges].map(([id, group]) =>
    toLink(id, group.source, group.target, group.edges.sort(byEnds), { successTarget }),
  );
  return { links: [...kept, ...sums].sort(byId), inside: inside.sort(byEnds) };
}

/** All that touch what the cards stand for. */
function edgesOf(cards: readonly Card[], edges: readonly Edge[]): Edge[] {
  const ids = new Set(cards.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  return sortedEdges(edges.filter(({ source, target }) => ids.has(source) || ids.has(target)));
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
