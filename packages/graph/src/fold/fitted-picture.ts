// A graph as a picture that fits, of whatever size it is.

import type { Judge } from '@latchwork/figures/targets';
import { type FittedPicture, fittedBy } from './fitted-by.ts';
import type { Room } from './folds.ts';
import { toPicture } from './picture.ts';
import type { PictureAsk, PictureWish } from './picture-shape.ts';

/** With `previous` what was drawn keeps its place, and the same things stay folded. */
export function fittedPicture(
  graph: PictureAsk['graph'],
  wish: PictureWish,
  room: Room,
  judge: Judge,
  previous: FittedPicture | null = null,
): FittedPicture {
  return fittedBy(toPicture, graph, wish, room, judge, previous);
}
