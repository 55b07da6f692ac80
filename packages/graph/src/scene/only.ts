// The kinds of links that a reader may ask for alone, and which link is one of them.

import type { Judge } from '@latchwork/figures/targets';
import type { Edge } from '@latchwork/shared/edge';
import { type Link, toJudged } from './link.ts';
import { isProblem } from './neighbourhood.ts';

/** Everything off target or not secured, or one kind of it. */
export const ONLY = ['problems', 'plaintext', 'mixed', 'refused', 'broken'] as const;
export type Only = (typeof ONLY)[number];

export function matches(
  link: Pick<Link, 'mark' | 'tone' | 'refusedRps' | 'unreachedRps'>,
  only: Only,
): boolean {
  switch (only) {
    case 'problems':
      return isProblem(link);
    case 'plaintext':
      return link.mark === 'plaintext';
    case 'mixed':
      return link.mark === 'mixed';
    case 'refused':
      return link.refusedRps > 0;
    case 'broken':
      return link.unreachedRps > 0;
  }
}

/** One edge by itself, whichever line it is drawn in. */
export function edgeMatches(edge: Edge, only: Only, judge: Judge): boolean {
  return matches(toJudged([edge], judge), only);
}
