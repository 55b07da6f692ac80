// The order of rises in a gap, from left to right: the one that crosses least and never puts two links on one line.

import type { Units } from './bundles.ts';
import { type Hop, PASS, TURN_LEFT_SIDE } from './routes.ts';

const CLOSE = 4;
const CLOSE_COST = 30;
const SHARE_ROWS = 14;
const MANY_RISES = 150;

/** An upright stretch. Members of one bundle that go to the same level are one rise. */
export interface Rise {
  links: number[];
  unit: number;
  /** Levels that come from the left side, and that go to the right side. */
  left: number[];
  right: number[];
  low: number;
  high: number;
}

export interface GapTracks {
  /** In the order of their tracks; rises that share no rows may share one. */
  rises: Rise[];
  track: number[];
  count: number;
}

export function tracksOf(hops: readonly Hop[], units: Units): GapTracks {
  const rises = risesOf(hops, units);
  const ordered = sift(greedy(rises.sort(nesting)));
  return { rises: ordered, ...leftEdge(ordered) };
}

/** Pairs that would lie on one line: the first of each stands left of the second. */
export function clashes({ rises }: GapTracks): [Rise, Rise][] {
  const found: [Rise, Rise][] = [];
  for (const [i, a] of rises.entries())
    for (let j = i + 1; j < rises.length; j++) if (closeLevels(a, rises[j]!) > 0) found.push([a, rises[j]!]);
  return found;
}

function risesOf(hops: readonly Hop[], units: Units): Rise[] {
  const rises: Rise[] = [];
  const trunks = new Map<string, Rise>();
  for (const { link, kind, from, to } of hops) {
    const unit = units.of[link]!;
    if (kind === PASS) {
      const key = `${unit} ${Math.round(to * 2)}`;
      const trunk = trunks.get(key);
      if (trunk) {
        trunk.links.push(link);
        trunk.left.push(from);
        trunk.low = Math.min(trunk.low, from);
        trunk.high = Math.max(trunk.high, from);
        continue;
      }
      const rise = {
        links: [link],
        unit,
        left: [from],
        right: [to],
        low: Math.min(from, to),
        high: Math.max(from, to),
      };
      trunks.set(key, rise);
      rises.push(rise);
      continue;
    }
    const levels = [from, to];
    rises.push({
      links: [link],
      unit,
      left: kind === TURN_LEFT_SIDE ? levels : [],
      right: kind === TURN_LEFT_SIDE ? [] : levels,
      low: Math.min(from, to),
      high: Math.max(from, to),
    });
  }
  return rises.filter(({ low, high }) => high - low > 0.05);
}

/** Where the search starts: going up, the topmost target first; going down, the lowest first. */
function nesting(a: Rise, b: Rise): number {
  return keyOf(a) - keyOf(b) || a.low - b.low || a.links[0]! - b.links[0]!;
}

function keyOf({ left, right, low, high }: Rise): number {
  const [from, to] = [left[0] ?? low, right[0] ?? high];
  return to < from ? to : -to;
}

/** What it costs when `a` stands left of `b`. */
function costOf(a: Rise, b: Rise): number {
  if (a.high < b.low - CLOSE || b.high < a.low - CLOSE) return 0;
  let cost = 0;
  for (const level of a.right) if (level > b.low && level < b.high) cost++;
  for (const level of b.left) if (level > a.low && level < a.high) cost++;
  return cost + CLOSE_COST * closeLevels(a, b);
}

function closeLevels(a: Rise, b: Rise): number {
  if (a.unit === b.unit) return 0;
  let close = 0;
  for (const r of a.right) for (const l of b.left) if (Math.abs(r - l) < CLOSE) close++;
  return close;
}

interface Costed {
  rises: Rise[];
  /** By first and second: the cost of the first standing left of the second. */
  cost: Float64Array;
}

/** Next is the one that gains most from standing left of all that are still to come. */
function greedy(rises: readonly Rise[]): Costed & { order: number[] } {
  const n = rises.length;
  const cost = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) if (i !== j) cost[i * n + j] = costOf(rises[i]!, rises[j]!);
  const gain = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) gain[i]! += cost[j * n + i]! - cost[i * n + j]!;
  const left = [...rises.keys()];
  const order: number[] = [];
  while (left.length > 0) {
    let best = 0;
    for (let k = 1; k < left.length; k++) if (gain[left[k]!]! > gain[left[best]!]!) best = k;
    const [chosen] = left.splice(best, 1) as [number];
    order.push(chosen);
    for (const other of left) gain[other]! -= cost[chosen * n + other]! - cost[other * n + chosen]!;
  }
  return { rises: [...rises], cost, order };
}

/** Takes each rise out and puts it where it costs least, until nothing improves. */
function sift({ rises, cost, order }: Costed & { order: number[] }): Rise[] {
  const n = rises.length;
  const rounds = n > MANY_RISES ? 1 : 4;
  for (let round = 0; round < rounds; round++) {
    let moved = false;
    for (let rise = 0; rise < n; rise++) {
      const at = order.indexOf(rise);
      order.splice(at, 1);
      let price = 0;
      for (const other of order) price += cost[rise * n + other]!;
      let [best, least] = [0, price];
      let here = at === 0 ? price : Number.NaN;
      for (const [i, other] of order.entries()) {
        price += cost[other * n + rise]! - cost[rise * n + other]!;
        if (i + 1 === at) here = price;
        if (price < least) [best, least] = [i + 1, price];
      }
      if (least >= here) best = at;
      else moved = true;
      order.splice(best, 0, rise);
    }
    if (!moved) break;
  }
  return order.map((i) => rises[i]!);
}

/** Rises that do may not stand on one track. */
export function sharesRows(a: Rise, b: Rise): boolean {
  return a.low - SHARE_ROWS < b.high && b.low < a.high + SHARE_ROWS;
}

/** The first track right of all earlier rises that share rows with it. */
function leftEdge(rises: readonly Rise[]): { track: number[]; count: number } {
  const track: number[] = [];
  let count = 0;
  for (const [i, rise] of rises.entries()) {
    let at = 0;
    for (let j = 0; j < i; j++) {
      const other = rises[j]!;
      if (sharesRows(other, rise)) at = Math.max(at, track[j]! + 1);
    }
    track.push(at);
    count = Math.max(count, at + 1);
  }
  return { track, count };
}
