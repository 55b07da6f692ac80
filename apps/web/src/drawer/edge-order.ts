// The edges of a list, the worst first, and what those say that are not drawn.

import { count } from '@latchwork/figures/count';
import type { Judge } from '@latchwork/figures/targets';
import { type LineClass, rankOf } from '@latchwork/graph/overview/line';
import { toJudged } from '@latchwork/graph/scene/link';
import type { Edge } from '@latchwork/shared/edge';

export interface RankedEdge {
  edge: Edge;
  rank: LineClass;
  rps: number;
}

const WELL: LineClass = 5;

/** As on the map: what fails, was refused or goes unlocked, each by its rate, and then all else. */
export function worstFirst(edges: readonly Edge[], judge: Judge): RankedEdge[] {
  return edges
    .map((edge): RankedEdge => {
      const { http, unreachedRps, refusedRps, ...rest } = toJudged([edge], judge);
      return { edge, rank: rankOf(rest), rps: (http?.rps ?? 0) + unreachedRps + refusedRps };
    })
    .sort((a, b) => a.rank - b.rank || b.rps - a.rps || (idOf(a) < idOf(b) ? -1 : 1));
}

/** ", 3 of them failing, refused or not secured"; nothing where none is. */
export function wrongWords(edges: readonly RankedEdge[]): string {
  const wrong = edges.filter(({ rank }) => rank !== WELL).length;
  if (wrong === 0) return '';
  return `, ${wrong === edges.length ? 'all' : count(wrong)} of them failing, refused or not secured`;
}

function idOf({ edge }: RankedEdge): string {
  return edge.source + edge.target;
}
