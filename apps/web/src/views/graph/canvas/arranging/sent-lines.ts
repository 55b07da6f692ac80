// The lines of a map are most of what a worker says: they are sent once, and again when they may have changed. Both ends.

import type { Picture, PictureAsk } from '@latchwork/graph/fold/picture-shape';
import type { Overview } from '@latchwork/graph/overview/overview';

/** `sameLines`: a map without its lines, for they are those of the map before. */
export interface SentPicture {
  picture: Picture;
  sameLines: boolean;
}

/** The worker's end. */
export class SentLines {
  #sent = '';

  /** There is another graph. */
  forget(): void {
    this.#sent = '';
  }

  /** Lines follow from the graph and from what is left out of it, not from the room there is. */
  without(
    picture: Picture,
    { wish, successTarget }: Pick<PictureAsk, 'wish' | 'successTarget'>,
  ): SentPicture {
    if (picture.kind !== 'overview') return { picture, sameLines: false };
    const lines = JSON.stringify([wish.hidden, wish.only, successTarget]);
    if (lines !== this.#sent) {
      this.#sent = lines;
      return { picture, sameLines: false };
    }
    return { picture: { ...picture, overview: { ...picture.overview, lines: [] } }, sameLines: true };
  }
}

/** The page's end. */
export class KeptLines {
  #lines: Overview['lines'] = [];

  whole({ picture, sameLines }: SentPicture): Picture {
    if (picture.kind !== 'overview') return picture;
    if (sameLines) return { ...picture, overview: { ...picture.overview, lines: this.#lines } };
    this.#lines = picture.overview.lines;
    return picture;
  }
}
