// A series as two path strings: the line and the area under it. A gap in the data is a gap in the line.

export interface SparklineOptions {
  width: number;
  height: number;
  /** The values at the bottom and at the top edge. */
  domain: readonly [low: number, high: number];
}

export interface Sparkline {
  line: string;
  area: string;
  /** The newest point; null when the newest value is missing. */
  last: { x: number; y: number } | null;
}

const INSET = 2; // room for the last point's radius and half the line

export function sparkline(
  points: readonly (number | null)[],
  { width, height, domain }: SparklineOptions,
): Sparkline {
  const [low, high] = domain;
  const step = points.length > 1 ? (width - 2 * INSET) / (points.length - 1) : 0;
  const x = (index: number) => round(points.length > 1 ? INSET + index * step : width - INSET);
  const y = (value: number) => {
    const share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
    return round(height - INSET - share * (height - 2 * INSET));
  };

  let line = '';
  let area = '';
  for (const run of runs(points)) {
    const path = run.values.map((value, i) => `${x(run.start + i)} ${y(value)}`).join('L');
    line += `M${path}`;
    area += `M${x(run.start)} ${height}L${path}L${x(run.start + run.values.length - 1)} ${height}z`;
  }
  const newest = points.at(-1) ?? null;
  return { line, area, last: newest === null ? null : { x: x(points.length - 1), y: y(newest) } };
}

/** Zero based, with a little air above the largest; a series of zeros lies on the bottom. */
export function rateDomain(points: readonly (number | null)[]): readonly [number, number] {
  return [0, 1.1 * points.reduce<number>((most, point) => Math.max(most, point ?? 0), 0)];
}

/** From the worst (at least down to `floor`) to 1, so that a healthy line is flat and a dip is seen. */
export function successDomain(points: readonly (number | null)[], floor = 0.9): readonly [number, number] {
  return [points.reduce<number>((least, point) => Math.min(least, point ?? 1), floor), 1];
}

function runs(points: readonly (number | null)[]): { start: number; values: number[] }[] {
  const found: { start: number; values: number[] }[] = [];
  let open: { start: number; values: number[] } | null = null;
  for (const [index, value] of points.entries()) {
    if (value === null) {
      open = null;
    } else if (open) {
      open.values.push(value);
    } else {
      open = { start: index, values: [value] };
      found.push(open);
    }
  }
  return found;
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
