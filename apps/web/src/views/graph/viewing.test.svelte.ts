import type { Graph } from '@latchwork/shared/graph';
import { flushSync } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import { HOME, type Place } from '../../location/place.ts';
import type { LayoutRequest } from './canvas/arranging/layout-worker.ts';
import { Finding } from './find/finding.svelte.ts';
import { STEADY } from './test-data/steady.ts';
import { Viewing } from './viewing.svelte.ts';

let stop = () => {};
afterEach(() => stop());

/** A worker that answers each picture at once, with an empty one. */
function worker(asked: LayoutRequest[]): Worker {
  let listener: (event: { data: unknown }) => void = () => {};
  const layout = { x: 0, y: 0, width: 1, height: 1, boxes: [], cards: [], links: [], state: {} };
  return {
    addEventListener: (type: string, on: typeof listener) => {
      if (type === 'message') listener = on;
    },
    postMessage: (request: LayoutRequest) => {
      asked.push(request);
      queueMicrotask(() =>
        listener({ data: { id: request.id, picture: { kind: 'whole', layout }, sameLines: false } }),
      );
    },
    terminate: () => {},
  } as unknown as Worker;
}

function view() {
  const asked: LayoutRequest[] = [];
  let place = $state.raw<Place>(HOME);
  const graph: Graph = STEADY;
  stop = $effect.root(() => {
    new Viewing(
      () => ({ graph, place, successTarget: 0.99 }),
      () => worker(asked),
    );
  });
  flushSync();
  return {
    asked,
    // A move reads the address anew: nothing of the place is the same value as before.
    async move(change: Partial<Place>) {
      place = structuredClone({ ...place, ...change });
      flushSync();
      await Promise.resolve();
    },
  };
}

it('lays nothing out anew for a selection or a panel, but for a filter', async () => {
  const { asked, move } = view();
  await move({});
  const before = asked.length;
  await move({ selected: 'storefront/deployment/web' });
  await move({ problems: true });
  expect(asked.length).toBe(before);
  await move({ only: 'problems' });
  expect(asked.length).toBe(before + 1);
});

it('finds nothing anew for a selection', async () => {
  let place = $state.raw<Place>({ ...HOME, filter: 'web' });
  let finding!: Finding;
  stop = $effect.root(() => {
    finding = new Finding(() => ({ whole: STEADY, place }));
    $effect(() => void finding.graph);
  });
  flushSync();
  await expect.poll(() => finding.graph?.nodes.length).toBeGreaterThan(0);
  const { graph } = finding;
  place = { ...place, selected: 'storefront/deployment/web' };
  flushSync();
  expect(finding.graph).toBe(graph);
});
