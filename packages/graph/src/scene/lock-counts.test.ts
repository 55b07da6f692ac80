import { expect, it } from 'vitest';
import { recordedGraph } from '../quality/recordings.ts';
import { lockCounts } from './lock-counts.ts';
import { toSizes } from './sizes.ts';

it('lockCounts(graph, judge) counts as the bar of the page does, what is refused in part too', () => {
  const graph = recordedGraph();
  const judge = { successTarget: 0.99 };
  const { counts } = toSizes(graph, judge);
  const told = new Map(lockCounts(graph, judge).map(({ mark, count }) => [mark, count]));
  for (const mark of ['plaintext', 'mixed', 'refused', 'broken'] as const)
    expect(told.get(mark) ?? 0).toBe(counts[mark]);
  expect(counts.refused).toBeGreaterThan(2);
});
