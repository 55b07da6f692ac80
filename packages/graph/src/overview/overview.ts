// The map of boxes: which cards, which lines, where they stand, and what is only counted. Pure; with the state of the
// last one nothing jumps.

import type { Edge } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import type { Layout } from '../layout/place.ts';
import { crossings } from '../quality/crossings.ts';
import { boxesOf } from '../scene/box-of.ts';
import type { Card } from '../scene/card.ts';
import { toLink } from '../scene/link.ts';
import { matches, type Only } from '../scene/only.ts';
import { plausibleEdge } from '../scene/plausible.ts';
import { toScene } from '../scene/scene.ts';
import { type Cells, cells, wantedColumns } from './cells.ts';
import { byDepth, depths, type Outer } from './depth.ts';
import { type DrawnState, drawnLines } from './drawn.ts';
import { type Form, formsOf, keptForm, type Room } from './form.ts';
import { type Hubs, hubsOf, isChip } from './hubs.ts';
import { insideFacts } from './inside-facts.ts';
import { type KeptCells, keptCells } from './kept-cells.ts';
import { type Line, toLine } from './line.ts';
import type { LineChoice } from './line-choice.ts';
import { type OverviewCard, toOverviewCards } from './overview-card.ts';
import { boardScene } from './place-cards.ts';
import {
  type KeptGrid,
  type PlacedOverview,
  placeAgain,
  placeOverview,
  withOtherLines,
} from './place-overview.ts';

export interface OverviewAsk {
  graph: { nodes: readonly Node[]; edges: readonly Edge[] };
  hidden: ReadonlySet<string>;
  only: Only | null;
  choice: LineChoice;
  successTarget: number;
  room: Room;
}

/** A plain value: hand it to the next overview of the same scope. */
export interface OverviewState {
  cells: KeptCells;
  hubs: Hubs;
  choice: LineChoice;
  drawn: DrawnState;
  form: Form;
  room: Room;
  grid: KeptGrid;
}

export interface Overview {
  /** Sorted by id. */
  cards: readonly OverviewCard[];
  lines: readonly Line[];
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
  const { room, choice } = ask;
  const { cards, lines, edges } = grouped(ask);
  const hubs = hubsOf(lines, cards.length, previous?.hubs);
  const loose = lines.filter((line) => !isChip(line, hubs));
  const before = previous?.choice === choice ? previous.drawn : null;
  const { lines: drawn, state } = drawnLines(loose, choice, cards.length, before, nowMs);
  const order = cardOrder(cards, lines);
  const outer = cards.map(outerOf);
  const hasHubs = hubs.called.length + hubs.callers.length > 0;
  const forms = formsOf(cards.length, room, hasHubs, mostFacts(cards, edges, ask.successTarget));
  const drawing = [...drawn].sort((a, b) => (a.id < b.id ? -1 : 1));

  const kept =
    previous && keptCells(previous.cells, cards, wantedColumns(order, previous.form.columns), nowMs);
  const made = kept
    ? again(cards, drawing, kept.cells, formLike(forms[0]!, previous, kept.cells), room, previous, nowMs)
    : best(forms.map((form) => fresh(cards, drawing, form, order, outer, room)));
  const told = new Set(drawn.map(({ id }) => id));
  return {
    cards: toOverviewCards(cards, {
      lines,
      drawn: told,
      hubs,
      edges,
      successTarget: ask.successTarget,
      facts: made.form.facts,
    }),
    lines,
    drawn: drawing.map(({ id }) => id),
    chips: lines.filter((line) => isChip(line, hubs)).map(({ id }) => id),
    layout: made.placed.layout,
    form: made.form,
    cells: made.cells,
    zoom: made.placed.zoom,
    state: {
      cells: kept?.state ?? stateOfCells(cards, made.cells),
      hubs,
      choice,
      drawn: state,
      form: made.form,
      room,
      grid: made.placed.grid,
    },
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

function grouped({ graph, hidden, only, successTarget }: OverviewAsk) {
  const all = graph.edges.map(plausibleEdge);
  const edges =
    only === null
      ? all
      : all.filter((edge) => matches(toLink('', edge.source, edge.target, [edge], { successTarget }), only));
  const folded = boxesOf(graph.nodes);
  const scene = toScene({ nodes: graph.nodes, edges }, { folded, hidden, successTarget });
  const lines = scene.links.map(toLine);
  if (only === null) return { cards: scene.cards, lines, edges };
  // A filter leaves the ends of what it left, inside a box too.
  const left = new Set(edges.flatMap(({ source, target }) => [source, target]));
  return { cards: scene.cards.filter(({ nodes }) => nodes.some(({ id }) => left.has(id))), lines, edges };
}

/** How long the longest list of what is wrong inside would be: a card is no larger than it needs to be. */
function mostFacts(cards: readonly Card[], edges: readonly Edge[], successTarget: number): number {
  const lists = [...insideFacts(cards, { edges, successTarget }).values()];
  return lists.reduce((most, { length }) => Math.max(most, length), 0);
}

function cardOrder(cards: readonly Card[], lines: readonly Line[]): number[] {
  const index = new Map(cards.map(({ id }, i) => [id, i]));
  const calls = lines.map(({ source, target, rps }) => ({
    source: index.get(source)!,
    target: index.get(target)!,
    rps,
  }));
  return byDepth(depths(cards.length, calls), cards.map(outerOf));
}

function outerOf({ type, id }: Card): Outer {
  if (type === 'unmeshed' || id === 'outside:callers') return 'first';
  return type === 'external' ? 'last' : null;
}

interface Made {
  form: Form;
  cells: Cells;
  placed: PlacedOverview;
}

function fresh(
  cards: readonly Card[],
  lines: readonly Line[],
  form: Form,
  order: readonly number[],
  outer: readonly Outer[],
  room: Room,
): Made {
  const index = new Map(cards.map(({ id }, i) => [id, i]));
  const made = cells({
    columns: form.columns,
    rows: form.rows,
    order,
    outer,
    lines: lines.map(({ source, target, rank }) => ({
      source: index.get(source)!,
      target: index.get(target)!,
      weight: rank <= 3 ? 1.4 : 1,
    })),
  });
  return { form, cells: made, placed: placeOverview(sceneOf(cards, lines, form), made, form, room) };
}

function again(
  cards: readonly Card[],
  lines: readonly Line[],
  places: Cells,
  form: Form,
  room: Room,
  previous: OverviewState,
  nowMs: number,
): Made {
  const scene = sceneOf(cards, lines, form);
  const isSame = JSON.stringify([form, room]) === JSON.stringify([previous.form, previous.room]);
  const placed = isSame
    ? placeAgain(scene, places, form, room, previous.grid, nowMs)
    : placeOverview(scene, places, form, room);
  return { form, cells: places, placed };
}

/** Another room or a card more may ask for other cards, but never for other columns. */
function formLike(form: Form, previous: OverviewState, { columns, rows }: Cells): Form {
  const sameKind = form.name === previous.form.name;
  const size =
    sameKind && form.name === 'large'
      ? { ...form, height: previous.form.height, facts: previous.form.facts }
      : form;
  return keptForm(size, columns, rows);
}

/** Of large cards two grids are tried: near, with few crossings and calls back, and much said on the cards. */
function best(tried: readonly Made[]): Made {
  const scored = tried.map((made) => ({ made, score: tried.length === 1 ? 0 : scoreOf(made) }));
  return scored.reduce((a, b) => (b.score > a.score ? b : a)).made;
}

function scoreOf({ form, placed: { layout, zoom } }: Made): number {
  const back = layout.links.filter(({ points }) => points.at(-1)!.x <= points[0]!.x).length;
  return zoom - 0.0015 * crossings(layout) - 0.004 * back + 0.015 * form.facts;
}

function sceneOf(cards: readonly Card[], lines: readonly Line[], form: Form) {
  return boardScene(
    cards.map(({ id, type }) => ({ id, type, isPeer: type !== 'folded' })),
    lines,
    form,
  );
}

function stateOfCells(cards: readonly Card[], { columns, rows, column, row }: Cells): KeptCells {
  return {
    columns,
    rows,
    places: Object.fromEntries(
      cards.map(({ id }, i) => [id, { column: column[i]!, row: row[i]!, goneMs: null }]),
    ),
  };
}
