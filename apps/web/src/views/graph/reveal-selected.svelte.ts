// What was just selected comes out from under whatever lies there, again when there is more or less room and the picture was laid
// out for it. Other snapshots must not move the picture.

import { untrack } from 'svelte';
import type { Viewport } from './canvas/looking/viewport.svelte.ts';
import type { Selecting } from './selecting.svelte.ts';

/** For as long as the component is there that is being made. */
export function revealSelected(selecting: Selecting, viewport: Viewport): void {
  let revealed = '';
  let drawnAs = '';
  $effect(() => {
    const { area } = selecting;
    const { screen, content } = viewport;
    const what = [selecting.cardId ?? selecting.linkId, screen.width, screen.height].join(' ');
    const drawn = [content.width, content.height].join(' ');
    // Laid out for another room it stands elsewhere; whoever moved the picture has seen it.
    const isElsewhere = drawn !== drawnAs && untrack(() => viewport.isFitted);
    if ((what === revealed && !isElsewhere) || !area) return;
    revealed = what;
    drawnAs = drawn;
    untrack(() => viewport.reveal(area));
  });
}
