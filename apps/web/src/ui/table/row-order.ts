// Rows that do not jump: an order that is kept while somebody reads, and what a new sort would change in it. Pure.

/** A row's key with the value that it is sorted by; null sorts last whatever the direction. */
export interface Ranked {
  key: string;
  value: number | string | null;
}

export type Direction = 'ascending' | 'descending';

/** Equal values keep the order in which they came. */
export function sortRanked(rows: readonly Ranked[], direction: Direction): Ranked[] {
  return [...rows].sort((a, b) => compareValues(a.value, b.value, direction));
}

/** The shown order, without what is gone; what is new stands where the sort wants it among its neighbours. */
export function heldOrder(shown: readonly string[], wanted: readonly string[]): string[] {
  const alive = new Set(wanted);
  const kept = shown.filter((key) => alive.has(key));
  const known = new Set(kept);
  const after = new Map<string | null, string[]>();
  let anchor: string | null = null;
  for (const key of wanted) {
    if (known.has(key)) anchor = key;
    else {
      const others = after.get(anchor);
      if (others) others.push(key);
      else after.set(anchor, [key]);
    }
  }
  return [...(after.get(null) ?? []), ...kept.flatMap((key) => [key, ...(after.get(key) ?? [])])];
}

/** How many rows a sort would have to pick up and put down elsewhere: all but the longest run that is in order. */
export function rowsToMove(shown: readonly string[], wanted: readonly string[]): number {
  const rank = new Map(wanted.map((key, index) => [key, index]));
  const ranks = shown.map((key) => rank.get(key)).filter((index) => index !== undefined);
  const tails: number[] = []; // the least end of an increasing run of each length
  for (const value of ranks) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tails[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    tails[low] = value;
  }
  return ranks.length - tails.length;
}

/** Numbers that differ by less than this are not worth a jump. */
const TOLERANCE = 0.05;

/** Whether some row stands clearly where it does not belong any more. Texts are exact. */
export function isClearlyOff(shown: readonly Ranked[], direction: Direction): boolean {
  let last: Ranked['value'] = null;
  let empty = false;
  for (const { value } of shown) {
    if (value === null) {
      empty = true;
      continue;
    }
    if (empty) return true;
    if (last === null) last = value;
    else if (typeof value === 'number' && typeof last === 'number') {
      const [lesser, greater] = direction === 'ascending' ? [value, last] : [last, value];
      if (greater - lesser > TOLERANCE * Math.max(Math.abs(greater), Math.abs(lesser))) return true;
      if (compareValues(last, value, direction) < 0) last = value;
    } else {
      if (compareValues(last, value, direction) > 0) return true;
      last = value;
    }
  }
  return false;
}

function compareValues(a: Ranked['value'], b: Ranked['value'], direction: Direction): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = a < b ? -1 : a > b ? 1 : 0;
  return direction === 'ascending' ? order : -order;
}
