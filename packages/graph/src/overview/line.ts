// A line of the map: all that one box asks of another, and how much it has to say.

import type { Link } from '../scene/link.ts';

/** 0 broken or below 95 %, 1 refused, 2 plaintext, 3 below target, 4 mixed, 5 nothing but traffic. */
export type LineClass = 0 | 1 | 2 | 3 | 4 | 5;

/** A link without the edges that it adds up: it travels between threads. */
export interface Line extends Omit<Link, 'edges'> {
  edges: number;
  rank: LineClass;
  /** Within its class the heaviest comes first: what fails, was refused, or went unlocked, a second. */
  weight: number;
  rps: number;
}

export function toLine({ edges, ...link }: Link): Line {
  const rps = (link.http?.rps ?? 0) + link.unreachedRps;
  const rank = rankOf(link);
  return { ...link, edges: edges.length, rank, weight: weightOf(rank, rps, link), rps };
}

export function rankOf({ mark, tone }: Pick<Link, 'mark' | 'tone'>): LineClass {
  if (tone === 'bad' || mark === 'broken') return 0;
  if (mark === 'refused') return 1;
  if (mark === 'plaintext') return 2;
  if (tone === 'warn') return 3;
  return mark === 'mixed' ? 4 : 5;
}

function weightOf(rank: LineClass, rps: number, link: Omit<Link, 'edges'>): number {
  if (rank === 1) return link.refusedRps;
  if (rank === 4) return rps * (1 - (link.securedShare ?? 0));
  if (rank !== 0 && rank !== 3) return rps;
  return (link.http?.rps ?? 0) * (1 - (link.http?.successRate ?? 1)) + link.unreachedRps;
}

/** What says most comes first. */
export function byRank(a: Line, b: Line): number {
  return a.rank - b.rank || b.weight - a.weight || b.rps - a.rps || (a.id < b.id ? -1 : 1);
}
