// What a refresh carries of a history: the points that came, instead of all of them again.

import type { History } from '../history.ts';

type Series = History['workloads'][string];
type Points = Series['rps'];

const NAMES = ['rps', 'successRate'] as const;

/**
 * Of series by id that all grow by the same steps: the first `drop` points go, `keep` stay, and `points` come behind
 * them. `new` are series that came; one that is in neither is gone.
 */
export interface SeriesChange {
  drop: number;
  keep: number;
  points: Record<string, Series>;
  new?: Record<string, Series>;
}

/** Null where the two do not overlap. */
export function seriesChange(before: History, after: History): SeriesChange | null {
  const { stepSeconds, workloads } = after;
  const drop = (Date.parse(after.start) - Date.parse(before.start)) / 1000 / stepSeconds;
  if (stepSeconds !== before.stepSeconds || !Number.isInteger(drop) || drop < 0) return null;
  let keep = Number.POSITIVE_INFINITY;
  for (const [id, series] of Object.entries(workloads))
    for (const name of NAMES) {
      const known = before.workloads[id]?.[name];
      if (known) keep = Math.min(keep, commonPoints(known, series[name], drop));
    }
  if (!Number.isFinite(keep) || keep === 0) return null;
  const change: SeriesChange = { drop, keep, points: {} };
  for (const [id, series] of Object.entries(workloads))
    if (before.workloads[id])
      change.points[id] = { rps: series.rps.slice(keep), successRate: series.successRate.slice(keep) };
    else {
      change.new ??= {};
      change.new[id] = series;
    }
  return change;
}

export function changedSeries(
  before: History['workloads'],
  { drop, keep, points, new: made = {} }: SeriesChange,
): History['workloads'] {
  const grown = Object.entries(points).map(([id, more]) => {
    const known = before[id];
    if (!known) throw new Error(`the change is not of these series: ${id} is unknown`);
    const join = (name: (typeof NAMES)[number]) => [...known[name].slice(drop, drop + keep), ...more[name]];
    return [id, { rps: join('rps'), successRate: join('successRate') }] as const;
  });
  return { ...Object.fromEntries(grown), ...made };
}

/** How many points of `after`, from its first on, are those of `before` from `drop` on. */
function commonPoints(before: Points, after: Points, drop: number): number {
  let same = 0;
  while (same < after.length && before[same + drop] === after[same]) same++;
  return same;
}
