// Makes pictures on the page's own thread, for browsers without workers: loaded there alone.

import type { Picture, PictureAsk, PictureState } from '@latchwork/graph/fold/picture-shape';

type Make = (ask: PictureAsk, previous: PictureState | null) => Picture;

let loaded: Make | null = null;

/** Null until it was loaded. */
export function pictureMaker(): Make | null {
  return loaded;
}

export async function loadPictureMaker(): Promise<void> {
  const { toPicture } = await import('@latchwork/graph/fold/picture');
  loaded = toPicture;
}
