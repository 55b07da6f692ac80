// Which columns of a table are shown: those that the address names, else what this browser remembers, else as many as there
// is room for. Pure but for the shelf, which is handed in.

import type { Shelf } from '../../kept/shelf.ts';

export interface ColumnChoice {
  readonly name: string;
  readonly label: string;
}

/** Null: nobody chose, and the room decides. */
export function chosenColumns(
  asked: readonly string[],
  choices: readonly ColumnChoice[],
): ReadonlySet<string> | null {
  const known = choices.filter(({ name }) => asked.includes(name));
  return known.length === 0 ? null : new Set(known.map(({ name }) => name));
}

/** The columns without one of them or with one more, in the order of the table; the last one stays. */
export function toggled(
  shown: ReadonlySet<string> | null,
  choices: readonly ColumnChoice[],
  name: string,
): readonly string[] {
  const has = (one: string) => shown === null || shown.has(one);
  const next = choices.map((choice) => choice.name).filter((one) => (one === name) !== has(one));
  return next.length === 0 ? [name] : next;
}

export function rememberedColumns(shelf: Shelf): readonly string[] {
  const kept = shelf.read();
  return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : [];
}
