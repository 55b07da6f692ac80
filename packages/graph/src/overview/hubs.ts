// Who is called by a third of all, or calls as many: named on the others by a chip instead of thirty lines.

import type { Line } from './line.ts';

export interface Hubs {
  /** Called by many, and callers of many: ids of cards. */
  called: readonly string[];
  callers: readonly string[];
}

const NO_HUBS: Hubs = { called: [], callers: [] };

const MOST_CALLED = 3;
const MOST_CALLERS = 2;
const LEAST_LINES = 8;

/** A hub of `before` stays one down to a quarter of the cards. */
export function hubsOf(lines: readonly Line[], cards: number, before: Hubs = NO_HUBS): Hubs {
  return {
    called: largest(lines, 'target', 'source', cards, before.called, MOST_CALLED),
    callers: largest(lines, 'source', 'target', cards, before.callers, MOST_CALLERS),
  };
}

export function hasHubs({ called, callers }: Hubs): boolean {
  return called.length + callers.length > 0;
}

/** Ids of the lines that chips tell, on the card at the other end: only what is a box has room for them. */
export function chipLines(
  lines: readonly Line[],
  { called, callers }: Hubs,
  isBox: (id: string) => boolean,
): Set<string> {
  const isTold = ({ source, target }: Line) =>
    (called.includes(target) && isBox(source)) || (callers.includes(source) && isBox(target));
  return new Set(lines.filter(isTold).map(({ id }) => id));
}

function largest(
  lines: readonly Line[],
  end: 'source' | 'target',
  other: 'source' | 'target',
  cards: number,
  before: readonly string[],
  most: number,
): string[] {
  const partners = new Map<string, Set<string>>();
  for (const line of lines) partners.set(line[end], (partners.get(line[end]) ?? new Set()).add(line[other]));
  const degrees = [...partners].map(([id, all]) => ({ id, degree: all.size }));
  const sorted = degrees.map(({ degree }) => degree).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const enough = Math.max(LEAST_LINES, cards / 3, 3 * median);
  return degrees
    .filter(({ id, degree }) => degree >= enough || (before.includes(id) && degree >= cards / 4))
    .sort((a, b) => b.degree - a.degree || (a.id < b.id ? -1 : 1))
    .slice(0, most)
    .map(({ id }) => id)
    .sort();
}
