// The hops that lie in each gap, and what one more would cross: counted for many candidates at once.

import { type Hop, PASS, TURN_LEFT_SIDE } from './routes.ts';

const CLOSE = 4; // two levels closer than this must not pass one another
const MEETING = 14;
const SWAP = 60; // two links that swap levels would lie on one line, whatever their tracks

/** Hops of one gap as columns of numbers; for a pass `from` is the left level, for a turn the upper one. */
interface GapHops {
  link: number[];
  kind: number[];
  a: number[];
  b: number[];
}

export type Gaps = GapHops[];

/** Gap g is at index g + 1: the left margin is a gap too. */
export function createGaps(columns: number): Gaps {
  return Array.from({ length: columns + 1 }, () => ({ link: [], kind: [], a: [], b: [] }));
}

export function addHop(gaps: Gaps, { gap, kind, link, from, to }: Hop): void {
  const hops = gaps[gap + 1]!;
  hops.link.push(link);
  hops.kind.push(kind);
  hops.a.push(kind === PASS ? from : Math.min(from, to));
  hops.b.push(kind === PASS ? to : Math.max(from, to));
}

export function removeHops(gaps: Gaps, gap: number, link: number): void {
  const hops = gaps[gap + 1]!;
  for (let i = hops.link.length - 1; i >= 0; i--) {
    if (hops.link[i] !== link) continue;
    for (const column of [hops.link, hops.kind, hops.a, hops.b]) {
      column[i] = column.at(-1)!;
      column.pop();
    }
  }
}

// The answer of `passCosts`, made anew by each call: it is asked too often to leave that to the collector.
let scratch = new Float64Array(256);

/**
 * What a pass from each of `left` to each of `right` (both rising) costs in crossings and close levels: row by row, one
 * column more than `right` has. `price` is of a crossing. Read the answer before the next call.
 */
export function passCosts(
  gaps: Gaps,
  gap: number,
  unit: number,
  units: { of: Int32Array; share: Float64Array },
  price: number,
  left: readonly number[],
  right: readonly number[],
): Float64Array {
  const hops = gaps[gap + 1]!;
  const [rows, columns] = [left.length, right.length];
  const width = columns + 1;
  const size = (rows + 1) * width;
  if (scratch.length < size) scratch = new Float64Array(2 * size);
  const costs = scratch;
  costs.fill(0, 0, size);

  function add(i1: number, i2: number, j1: number, j2: number, value: number) {
    if (i1 >= i2 || j1 >= j2) return;
    costs[i1 * width + j1]! += value;
    costs[i1 * width + j2]! -= value;
    costs[i2 * width + j1]! -= value;
    costs[i2 * width + j2]! += value;
  }

  const top = Math.min(left[0] ?? 0, right[0] ?? 0) - CLOSE;
  const bottom = Math.max(left.at(-1) ?? 0, right.at(-1) ?? 0) + CLOSE;
  for (let h = 0; h < hops.link.length; h++) {
    const a = hops.a[h]!;
    const b = hops.b[h]!;
    if ((a < top && b < top) || (a > bottom && b > bottom)) continue;
    const link = hops.link[h]!;
    if (units.of[link] === unit) continue;
    const value = price * units.share[link]!;
    if (hops.kind[h] === PASS) {
      add(0, below(left, a), above(right, b), columns, value);
      add(above(left, a), rows, 0, below(right, b), value);
      if (a === b) continue;
      const [i1, i2] = [above(left, b - CLOSE), below(left, b + CLOSE)];
      const [j1, j2] = [above(right, a - CLOSE), below(right, a + CLOSE)];
      add(i1, i2, 0, columns, MEETING);
      add(0, rows, j1, j2, MEETING);
      add(i1, i2, j1, j2, SWAP);
    } else if (hops.kind[h] === TURN_LEFT_SIDE) {
      add(above(left, a), below(left, b), 0, columns, value);
    } else {
      add(0, rows, above(right, a), below(right, b), value);
    }
  }

  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      if (j > 0) costs[i * width + j]! += costs[i * width + j - 1]!;
      if (i > 0) costs[i * width + j]! += costs[(i - 1) * width + j]!;
      if (i > 0 && j > 0) costs[i * width + j]! -= costs[(i - 1) * width + j - 1]!;
    }
  return costs;
}

/** What a turn between two levels crosses at least. */
export function turnCost(
  gaps: Gaps,
  gap: number,
  kind: number,
  unit: number,
  units: { of: Int32Array; share: Float64Array },
  upper: number,
  lower: number,
): number {
  const hops = gaps[gap + 1]!;
  let cost = 0;
  for (let h = 0; h < hops.link.length; h++) {
    const link = hops.link[h]!;
    if (units.of[link] === unit) continue;
    const [a, b] = [hops.a[h]!, hops.b[h]!];
    if (hops.kind[h] === PASS) {
      const level = kind === TURN_LEFT_SIDE ? a : b;
      if (level > upper && level < lower) cost += units.share[link]!;
    } else if (hops.kind[h] === kind) {
      if (interleaved(a, b, upper, lower)) cost += units.share[link]!;
    }
  }
  return cost;
}

/** All crossings of all gaps, by the order of levels alone: what good tracks reach. */
export function inversions(gaps: Gaps, units: { of: Int32Array; share: Float64Array }): number {
  let crossings = 0;
  for (const { link, kind, a, b } of gaps) {
    for (let i = 0; i < link.length; i++) {
      for (let j = i + 1; j < link.length; j++) {
        if (units.of[link[i]!] === units.of[link[j]!]) continue;
        let crosses = false;
        if (kind[i] === PASS && kind[j] === PASS) crosses = (a[i]! - a[j]!) * (b[i]! - b[j]!) < 0;
        else if (kind[i] === PASS || kind[j] === PASS) {
          const [turn, pass] = kind[i] === PASS ? [j, i] : [i, j];
          const level = kind[turn] === TURN_LEFT_SIDE ? a[pass]! : b[pass]!;
          crosses = level > a[turn]! && level < b[turn]!;
        } else if (kind[i] === kind[j]) {
          crosses = interleaved(a[i]!, b[i]!, a[j]!, b[j]!);
        }
        if (crosses) crossings += units.share[link[i]!]! * units.share[link[j]!]!;
      }
    }
  }
  return crossings;
}

/** Two turns on one side cross unless one lies inside or beside the other. */
function interleaved(a1: number, b1: number, a2: number, b2: number): boolean {
  return (a1 < a2 && a2 < b1 && b1 < b2) || (a2 < a1 && a1 < b2 && b2 < b1);
}

/** How many of the sorted `values` are below `limit`: the first index at or above it. */
function below(values: readonly number[], limit: number): number {
  let i = 0;
  while (i < values.length && values[i]! < limit) i++;
  return i;
}

/** The first index whose value is above `limit`. */
function above(values: readonly number[], limit: number): number {
  let i = 0;
  while (i < values.length && values[i]! <= limit) i++;
  return i;
}
