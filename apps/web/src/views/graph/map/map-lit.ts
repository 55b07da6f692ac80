// What a pointer, a focus or a selection lights on the map: a card and its own lines, those too that were only counted.

import type { Line } from '@latchwork/graph/overview/line';
import { byRank } from '@latchwork/graph/overview/line';
import type { OverviewCard } from '@latchwork/graph/overview/overview-card';

export interface MapLit {
  /** The one whose chips on others are lit, if it is a hub. */
  card: string | null;
  cards: ReadonlySet<string>;
  /** Lines to draw, which may be more than the map has. */
  lines: readonly Line[];
}

const MOST_EACH_WAY = 12;

export function touches({ source, target }: Pick<Line, 'source' | 'target'>, card: string): boolean {
  return source === card || target === card;
}

/** At most 12 in and 12 out, the worst first. `chips`: lines told by chips that are seen; they light up with their cards. */
export function litCard(id: string, lines: readonly Line[], chips: ReadonlySet<string>): MapLit {
  const own = lines.filter((line) => touches(line, id));
  const drawn = own.filter((line) => !chips.has(line.id)).sort(byRank);
  const ins = drawn.filter(({ target }) => target === id).slice(0, MOST_EACH_WAY);
  const outs = drawn.filter(({ source }) => source === id).slice(0, MOST_EACH_WAY);
  const lit = [...ins, ...outs];
  const told = own.filter((line) => chips.has(line.id));
  return {
    card: id,
    cards: new Set([id, ...[...lit, ...told].flatMap(({ source, target }) => [source, target])]),
    lines: lit,
  };
}

export function litLine(line: Line): MapLit {
  return { card: null, cards: new Set([line.source, line.target]), lines: [line] };
}

/** The hub whose chips on a card are lit; null where it has none of them. */
export function litHub(
  { chipsIn, chipsOut }: Pick<OverviewCard, 'chipsIn' | 'chipsOut'>,
  lit: MapLit | null,
): string | null {
  const hub = lit?.card ?? null;
  return [...chipsIn, ...chipsOut].some((chip) => chip.hub === hub) ? hub : null;
}
