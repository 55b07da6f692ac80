// How to ask for latencies in a store whose histograms are not whole. Pure.

import type { AskScope } from '../../sources/prometheus/questions/ask-scope.ts';
import type { StoredBounds } from './stored-families.ts';
import type { Survey } from './survey.ts';

/** Fewer say nothing: then all that there is is read. */
const FEWEST_BOUNDS = 3;

export function latencyScope({ families }: Survey): Pick<AskScope, 'commonBoundsMs' | 'lastFromCount'> {
  const stored = (['inbound', 'outbound'] as const).flatMap((side) => families?.bounds(side) ?? []);
  const common = commonOf(stored);
  return {
    commonBoundsMs: common.length >= FEWEST_BOUNDS && stored.some(isUneven) ? common : null,
    lastFromCount: stored.some(({ last }) => last !== 'all'),
  };
}

export function isUneven({ all, common }: StoredBounds): boolean {
  return common.length < all.length;
}

function commonOf(stored: readonly StoredBounds[]): readonly number[] {
  const [first, ...others] = stored;
  return first?.common.filter((bound) => others.every(({ common }) => common.includes(bound))) ?? [];
}
