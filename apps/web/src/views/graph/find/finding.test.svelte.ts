import type { Graph } from '@latchwork/shared/graph';
import { flushSync } from 'svelte';
import { expect, it, vi } from 'vitest';
import { HOME, type Place } from '../../../location/place.ts';
import { STEADY } from '../test-data/steady.ts';
import { Finding } from './finding.svelte.ts';

class Asked {
  place = $state.raw<Place>(HOME);
  whole: Graph = STEADY;
}

/** What is shown of it, each time that this changes: how many edges. */
function shownBy(asked: Asked) {
  const shown: (number | undefined)[] = [];
  const end = $effect.root(() => {
    const finding = new Finding(() => ({ whole: asked.whole, place: asked.place }));
    $effect(() => void shown.push(finding.graph?.edges.length));
  });
  flushSync();
  return { shown, end };
}

const FOUND = { filter: 'lock:plaintext', found: 'only' } as const;

it('shows nothing of a graph for a filter until what finds is there', async () => {
  const asked = new Asked();
  asked.place = { ...HOME, ...FOUND };
  const { shown, end } = shownBy(asked);
  await vi.waitFor(() => expect(shown).toHaveLength(2));
  expect(shown[0]).toBeUndefined();
  expect(shown[1]).toBeLessThan(STEADY.edges.length);
  end();
});

it('goes on showing all of a graph that was there before the first filter', async () => {
  const asked = new Asked();
  const { shown, end } = shownBy(asked);
  asked.place = { ...HOME, ...FOUND };
  flushSync();
  await vi.waitFor(() => expect(shown.length).toBeGreaterThan(1));
  expect(shown[0]).toBe(STEADY.edges.length);
  expect(shown).not.toContain(undefined);
  end();
});
