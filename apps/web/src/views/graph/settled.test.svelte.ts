import type { Graph } from '@latchwork/shared/graph';
import { flushSync } from 'svelte';
import { expect, it, vi } from 'vitest';
import { Settled } from './settled.svelte.ts';

const withEdges = (count: number) => ({ edges: Array.from({ length: count }) }) as unknown as Graph;

it('shows a small graph with the view, and one of some size a task later', () => {
  vi.useFakeTimers();
  const [small, large] = [withEdges(49), withEdges(50)];
  let graph = $state.raw<Graph | undefined>(small);
  let settled!: Settled;
  const stop = $effect.root(() => {
    settled = new Settled(() => graph);
  });
  flushSync();
  expect(settled.graph).toBe(small);
  graph = large;
  expect(settled.graph).toBeUndefined();
  vi.advanceTimersToNextTimer();
  expect(settled.graph).toBe(large);
  stop();
  vi.useRealTimers();
});
