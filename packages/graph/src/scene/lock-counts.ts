// How many links of a graph are how well locked, and the same in a few words.

import type { Judge } from '@latchwork/figures/targets';
import type { Graph } from '@latchwork/shared/graph';
import { toLinks } from './links.ts';
import type { MarkKind } from './mark-kind.ts';
import { matches } from './only.ts';

/** In the order in which they are told: the exceptions first. */
const TOLD = ['broken', 'refused', 'plaintext', 'mixed', 'opaque', 'unknown', 'secured'] as const;

export interface LockCount {
  mark: (typeof TOLD)[number];
  count: number;
}

/**
 * Of all of it with nothing folded, as the bar of the page counts: what is drawn of it changes no number. Without those
 * that are none, but for the secured ones. Refused and broken are counted as a filter for them shows them: also in part.
 */
export function lockCounts(graph: Pick<Graph, 'nodes' | 'edges'>, judge: Judge): LockCount[] {
  const links = toLinks(graph, new Set(), judge);
  const of = (mark: MarkKind) =>
    links.filter((link) =>
      mark === 'refused' || mark === 'broken' ? matches(link, mark) : link.mark === mark,
    ).length;
  return TOLD.map((mark) => ({ mark, count: of(mark) })).filter(
    ({ mark, count }) => count > 0 || (mark === 'secured' && links.length > 0),
  );
}

const WORDS: Partial<Record<MarkKind, string>> = { opaque: 'other TLS', unknown: 'unknown' };

export function lockCountWords({ mark, count }: LockCount): string {
  return `${count} ${WORDS[mark] ?? mark}`;
}
