// Where cards and lines of the map stand: anew in the best of some forms, or as they stood before.

import { crossings } from '../quality/crossings.ts';
import type { Card } from '../scene/card.ts';
import { type Cells, cells, wantedColumns } from './cells.ts';
import { byDepth, depths, type Outer } from './depth.ts';
import { type Form, keptForm, type Room, withFacts } from './form.ts';
import { type KeptCells, keptCells } from './kept-cells.ts';
import type { Line } from './line.ts';
import { boardScene } from './place-cards.ts';
import { type KeptGrid, type PlacedOverview, placeAgain, placeOverview } from './place-overview.ts';

export interface Arranging {
  cards: readonly Card[];
  /** All there are, for who stands left of whom. */
  lines: readonly Line[];
  drawn: readonly Line[];
  /** Those worth trying, the likeliest first. */
  forms: readonly Form[];
  room: Room;
}

/** What the next arrangement needs to know, so that nothing jumps. */
export interface KeptArrangement {
  cells: KeptCells;
  form: Form;
  room: Room;
  grid: KeptGrid;
}

export interface Arranged {
  form: Form;
  cells: Cells;
  placed: PlacedOverview;
  state: KeptArrangement;
}

export function arranged(what: Arranging, previous: KeptArrangement | null, nowMs: number): Arranged {
  const { cards, lines, drawn, forms, room } = what;
  const drawing = [...drawn].sort((a, b) => (a.id < b.id ? -1 : 1));
  const order = cardOrder(cards, lines);
  const outer = cards.map(outerOf);
  const kept =
    previous && keptCells(previous.cells, cards, wantedColumns(order, previous.form.columns), nowMs);
  const made = kept
    ? again(cards, drawing, kept.cells, formLike(forms[0]!, previous, kept.cells), room, previous, nowMs)
    : best(forms.map((form) => fresh(cards, drawing, form, order, outer, room)));
  const state = {
    cells: kept?.state ?? stateOfCells(cards, made.cells),
    form: made.form,
    room,
    grid: made.placed.grid,
  };
  return { ...made, state };
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

type Made = Omit<Arranged, 'state'>;

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
  previous: KeptArrangement,
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
function formLike(form: Form, { form: before }: KeptArrangement, { columns, rows }: Cells): Form {
  const size = form.name === 'large' && before.name === 'large' ? withFacts(form, before.facts) : form;
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
