// Which lines of the map are drawn: what is wrong first, then the strongest, up to what stays legible. With a memory, so
// that no line flickers.

import { byRank, type Line } from './line.ts';
import type { LineChoice } from './line-choice.ts';

/** By id of a line that is drawn: since when the budget would not hold it any more; null while it does. */
export type DrawnState = Readonly<Record<string, number | null>>;

const MOST = 110;
const LEAST = 32;
const MOST_OF_ALL = 150;
const MOST_AT_A_CARD = 5;
const KEPT_AT_A_CARD = 7;
const KEPT_BUDGET = 1.5;
const HEALTHY_SHARE = 0.3;
const HOLD_MS = 5 * 60_000;

export function budgetOf(cards: number): number {
  return Math.round(Math.min(MOST, 2 * cards, Math.max(LEAST, 1.2 * cards)));
}

/** The lines that a budget holds, from `lines` that no chip tells. */
export function chosenLines(
  lines: readonly Line[],
  choice: LineChoice,
  budget: number,
  mostAtCard = MOST_AT_A_CARD,
): Line[] {
  const sorted = [...lines].sort(byRank);
  if (choice === 'all') return sorted.slice(0, MOST_OF_ALL);
  const wrong = sorted.filter(({ rank }) => rank < 5);
  const well = choice === 'problems' ? [] : sorted.filter(({ rank }) => rank === 5);
  const reserved = Math.min(well.length, Math.round(HEALTHY_SHARE * budget));
  const [outs, ins] = [new Map<string, number>(), new Map<string, number>()];
  const chosen = new Set<Line>();
  const take = (from: readonly Line[], most: number) => {
    for (const line of from) {
      if (chosen.size >= most) return;
      const [out, into] = [outs.get(line.source) ?? 0, ins.get(line.target) ?? 0];
      if (chosen.has(line) || out >= mostAtCard || into >= mostAtCard) continue;
      outs.set(line.source, out + 1);
      ins.set(line.target, into + 1);
      chosen.add(line);
    }
  };
  take(wrong, budget - reserved);
  take(well, budget);
  take(wrong, budget);
  return [...chosen];
}

/** What stays, what comes and what goes since `before`; null draws what the budget holds. */
export function drawnLines(
  lines: readonly Line[],
  choice: LineChoice,
  cards: number,
  before: DrawnState | null,
  nowMs: number,
): { lines: Line[]; state: DrawnState } {
  const budget = budgetOf(cards);
  const wanted = chosenLines(lines, choice, budget);
  if (before === null || choice === 'all') return { lines: wanted, state: stateOf(wanted, new Map()) };

  const may = new Set(chosenLines(lines, choice, KEPT_BUDGET * budget, KEPT_AT_A_CARD));
  const known = new Map(lines.map((line) => [line.id, line]));
  const since = new Map<string, number>();
  const stays = Object.entries(before).flatMap(([id, outsideMs]) => {
    const line = known.get(id);
    if (!line || (choice === 'problems' && line.rank === 5)) return [];
    if (may.has(line)) return [line];
    since.set(id, outsideMs ?? nowMs);
    return nowMs - (outsideMs ?? nowMs) < HOLD_MS ? [line] : [];
  });

  const isWanted = new Set(wanted);
  const drawn = new Set(stays);
  const weakestFirst = stays.filter((line) => !isWanted.has(line)).sort((a, b) => byRank(b, a));
  for (const line of wanted) {
    if (drawn.has(line)) continue;
    if (drawn.size >= budget) {
      if (line.rank > 2) continue;
      const weakest = weakestFirst.shift();
      if (!weakest || byRank(weakest, line) < 0) continue;
      drawn.delete(weakest);
    }
    drawn.add(line);
  }
  return { lines: [...drawn], state: stateOf([...drawn], since) };
}

function stateOf(lines: readonly Line[], since: ReadonlyMap<string, number>): DrawnState {
  return Object.fromEntries(lines.map(({ id }) => [id, since.get(id) ?? null]));
}
