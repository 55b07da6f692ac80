// The map of boxes: which cards, which lines, where they stand, and what is only counted. Pure; with the state of the
// last one nothing jumps.

import type { Edge } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import type { Layout } from '../layout/place.ts';
import { boxesOf } from '../scene/box-of.ts';
import type { Card } from '../scene/card.ts';
import { toLinks } from '../scene/links.ts';
import { edgeMatches, type Only } from '../scene/only.ts';
import { plausibleEdge } from '../scene/plausible.ts';
import { toScene } from '../scene/scene.ts';
import { arranged, type KeptArrangement } from './arranged.ts';
import type { Cells } from './cells.ts';
import { type DrawnState, drawnLines } from './drawn.ts';
import { type Form, formName, formsOf, type Room } from './form.ts';
import { chipLines, type Hubs, hasHubs, hubsOf } from './hubs.ts';
import { insideFacts } from './inside-facts.ts';
import { type Line, toLine } from './line.ts';
import type { LineChoice } from './line-choice.ts';
import { type OverviewCard, toOverviewCards } from './overview-card.ts';
import { overviewDetail, showsChips } from './overview-detail.ts';
import { boardScene } from './place-cards.ts';
import { withOtherLines } from './place-overview.ts';

export interface OverviewAsk {
  graph: { nodes: readonly Node[]; edges: readonly Edge[] };
  hidden: ReadonlySet<string>;
  only: Only | null;
  choice: LineChoice;
  successTarget: number;
  room: Room;
}

/** A plain value: hand it to the next overview of the same scope. */
export interface OverviewState extends KeptArrangement {
  hubs: Hubs;
  choice: LineChoice;
  drawn: DrawnState;
}

export interface Overview {
  /** Sorted by id. */
  cards: readonly OverviewCard[];
  lines: readonly Line[];
  /** Cards that a filter leaves out, and how many of them are boxes. */
  leftOut: { cards: number; boxes: number };
  /** Ids of lines that are drawn, and of those told by chips. */
  drawn: readonly string[];
  chips: readonly string[];
  layout: Layout;
  form: Form;
  cells: Cells;
  zoom: number;
  state: OverviewState;
}

export function toOverview(ask: OverviewAsk, previous: OverviewState | null = null, nowMs = 0): Overview {
  const found = grouped(ask);
  const { cards, lines } = found;
  const hubs = hubsOf(lines, cards.length, previous?.hubs);
  const before = previous && chipsBefore(previous, ask.room, cards.length);
  if (before !== false && hasHubs(hubs) && formName(cards.length) !== 'small') {
    const boxes = new Set(cards.flatMap(({ id, type }) => (type === 'folded' ? [id] : [])));
    const chips = chipLines(lines, hubs, (id) => boxes.has(id));
    const map = mapOf(ask, found, hubs, chips, previous, nowMs);
    if (before || showsChips(map.form, overviewDetail(map.zoom))) return map;
  }
  return mapOf(ask, found, hubs, new Set(), previous, nowMs);
}

/** Whether the same map had chips; null where that is to be found anew. */
function chipsBefore({ hubs, form, room }: OverviewState, now: Room, cards: number): boolean | null {
  const isSame = room.width === now.width && room.height === now.height && form.name === formName(cards);
  return isSame && hasHubs(hubs) ? form.chips : null;
}

/** `chips`: lines that are told by chips; the others of a hub are lines as all. */
function mapOf(
  { choice, room, successTarget }: OverviewAsk,
  { cards, lines, edges, leftOut, facts }: ReturnType<typeof grouped>,
  hubs: Hubs,
  chips: ReadonlySet<string>,
  previous: OverviewState | null,
  nowMs: number,
): Overview {
  const loose = lines.filter(({ id }) => !chips.has(id));
  const before = previous?.choice === choice ? previous.drawn : null;
  const { lines: chosen, state } = drawnLines(loose, choice, cards.length, before, nowMs);
  const forms = formsOf(cards.length, room, chips.size > 0, mostOf(facts));
  const made = arranged({ cards, lines, drawn: chosen, forms, room }, previous, nowMs);
  const drawn = new Set(chosen.map(({ id }) => id));
  return {
    cards: toOverviewCards(cards, {
      lines,
      drawn,
      chips,
      hubs,
      edges,
      successTarget,
      facts,
      mostFacts: made.form.facts,
    }),
    lines,
    leftOut,
    drawn: [...drawn].sort(),
    chips: [...chips],
    layout: made.placed.layout,
    form: made.form,
    cells: made.cells,
    zoom: made.placed.zoom,
    state: { ...made.state, hubs, choice, drawn: state },
  };
}

/** The map with some lines more, such as all of one card: nothing moves. */
export function withLines(overview: Overview, more: readonly Line[]): Layout {
  const { form, state } = overview;
  const shown = new Set([...overview.drawn, ...more.map(({ id }) => id)]);
  const lines = overview.lines.filter(({ id }) => shown.has(id));
  const scene = boardScene(overview.cards, lines, form);
  return withOtherLines(scene, overview.cells, form, state.grid, 0);
}

/** A filter takes lines and cards away, but no part of what a card says of itself. `edges`: those that it leaves. */
function grouped({ graph, hidden, only, successTarget }: OverviewAsk) {
  const judge = { successTarget };
  const all = graph.edges.map(plausibleEdge);
  const folded = boxesOf(graph.nodes);
  const scene = toScene({ nodes: graph.nodes, edges: all }, { folded, hidden, ...judge });
  if (only === null)
    return {
      ...{ cards: scene.cards, lines: scene.links.map(toLine), edges: all, leftOut: { cards: 0, boxes: 0 } },
      facts: insideFacts(scene.cards, all, judge),
    };
  const edges = all.filter((edge) => edgeMatches(edge, only, judge));
  // It leaves the ends of what it left, inside a box too.
  const ends = new Set(edges.flatMap(({ source, target }) => [source, target]));
  const cards = scene.cards.filter(({ nodes }) => nodes.some(({ id }) => ends.has(id)));
  const ids = new Set(cards.map(({ id }) => id));
  const links = toLinks({ nodes: graph.nodes, edges }, folded, judge);
  const lines = links.filter(({ source, target }) => ids.has(source) && ids.has(target)).map(toLine);
  return {
    ...{ cards, lines: lines.sort(byId), edges, leftOut: lessOf(scene.cards, cards) },
    facts: insideFacts(cards, all, judge, ends),
  };
}

function lessOf(all: readonly Card[], left: readonly Card[]): Overview['leftOut'] {
  const boxes = (cards: readonly Card[]) => cards.filter(({ type }) => type === 'folded').length;
  return { cards: all.length - left.length, boxes: boxes(all) - boxes(left) };
}

function byId(a: Line, b: Line): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** How long the longest list of what is wrong inside would be: a card is no larger than it needs to be. */
function mostOf(facts: ReturnType<typeof insideFacts>): number {
  return [...facts.values()].reduce((most, { length }) => Math.max(most, length), 0);
}
