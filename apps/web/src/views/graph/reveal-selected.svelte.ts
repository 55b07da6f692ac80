// What was just selected comes out from under whatever lies there, again when there is more or less room. Later snapshots must
// not move the picture.

import { untrack } from 'svelte';
import type { Viewport } from './canvas/looking/viewport.svelte.ts';
import type { Selecting } from './selecting.svelte.ts';

/** For as long as the component is there that is being made. */
export function revealSelected(selecting: Selecting, viewport: Viewport): void {
  let revealed = '';
  $effect(() => {
    const { area } = selecting;
    const { width, height } = viewport.screen;
    const what = [selecting.cardId ?? selecting.linkId, width, height].join(' ');
    if (what === revealed || !area) return;
    revealed = what;
    untrack(() => viewport.reveal(area));
  });
}
