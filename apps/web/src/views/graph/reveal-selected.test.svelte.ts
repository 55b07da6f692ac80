import { flushSync } from 'svelte';
import { expect, it, vi } from 'vitest';
import type { Viewport } from './canvas/looking/viewport.svelte.ts';
import { revealSelected } from './reveal-selected.svelte.ts';
import type { Selecting } from './selecting.svelte.ts';

const AREA = { x: 900, y: 700, width: 100, height: 60 };

/** A card is selected in a picture of 1,400 px on a screen as wide. */
function selected() {
  const selecting = $state({ area: AREA, cardId: 'shop/deployment/web', linkId: null });
  const viewport = $state({
    screen: { width: 1400, height: 800 },
    content: { width: 1400, height: 800 },
    isFitted: true,
    reveal: vi.fn(),
  });
  const stop = $effect.root(() =>
    revealSelected(selecting as unknown as Selecting, viewport as unknown as Viewport),
  );
  flushSync();
  viewport.reveal.mockClear();
  const revealed = (change: () => void) => {
    change();
    flushSync();
    return viewport.reveal.mock.calls.length;
  };
  return { selecting, viewport, revealed, stop };
}

it('brings what is selected to sight again where the picture was laid out for another room', () => {
  const { selecting, viewport, revealed, stop } = selected();
  expect(revealed(() => (viewport.content = { width: 1000, height: 900 }))).toBe(1);
  expect(revealed(() => (selecting.area = { ...AREA, x: 400 }))).toBe(1);
  stop();
});

it('leaves a picture alone that somebody moved', () => {
  const { viewport, revealed, stop } = selected();
  expect(revealed(() => (viewport.isFitted = false))).toBe(0);
  expect(revealed(() => (viewport.content = { width: 1000, height: 900 }))).toBe(0);
  stop();
});
