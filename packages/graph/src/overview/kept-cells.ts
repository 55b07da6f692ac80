// Cells that are kept from one map to the next: a card never moves, a new one takes the free cell nearest to its column.

import type { Cells } from './cells.ts';

export interface KeptCells {
  columns: number;
  rows: number;
  /** By id of a card. The cell of one that is gone stays free for a while; `goneMs` is null while it is there. */
  places: Readonly<Record<string, { column: number; row: number; goneMs: number | null }>>;
}

const REMEMBER_MS = 10 * 60_000;

/** `wanted` is the column that each card would take by its depth. A row is added at the foot when no cell is free. */
export function keptCells(
  before: KeptCells,
  cards: readonly { id: string }[],
  wanted: Float64Array,
  nowMs: number,
): { cells: Cells; state: KeptCells } {
  const { columns } = before;
  let { rows } = before;
  const places: Record<string, KeptCells['places'][string]> = {};
  const present = new Set(cards.map(({ id }) => id));
  for (const [id, place] of Object.entries(before.places)) {
    const goneMs = present.has(id) ? null : (place.goneMs ?? nowMs);
    if (goneMs === null || nowMs - goneMs < REMEMBER_MS) places[id] = { ...place, goneMs };
  }
  const taken = new Set(Object.values(places).map(({ column, row }) => column * 10_000 + row));
  const column = new Int32Array(cards.length);
  const row = new Int32Array(cards.length);
  for (const [i, { id }] of cards.entries()) {
    let place = places[id];
    if (!place) {
      const free = nearestFree(columns, rows, taken, wanted[i]!);
      if (free.row === rows) rows += 1;
      place = { ...free, goneMs: null };
      places[id] = place;
      taken.add(place.column * 10_000 + place.row);
    }
    column[i] = place.column;
    row[i] = place.row;
  }
  return { cells: { columns, rows, column, row }, state: { columns, rows, places } };
}

function nearestFree(
  columns: number,
  rows: number,
  taken: ReadonlySet<number>,
  wanted: number,
): { column: number; row: number } {
  let best: { column: number; row: number } | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let column = 0; column < columns; column++)
    for (let row = 0; row < rows; row++) {
      const distance = Math.abs(column - wanted);
      if (distance >= least || taken.has(column * 10_000 + row)) continue;
      [best, least] = [{ column, row }, distance];
    }
  return best ?? { column: Math.max(0, Math.min(columns - 1, Math.round(wanted))), row: rows };
}
