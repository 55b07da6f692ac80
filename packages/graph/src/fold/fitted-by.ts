// A graph as a picture that can be read in the room there is: what to show, where it stands, and how near it is seen. Who
// makes it is given, for what large graphs need is most of the code.

import type { Judge } from '@latchwork/figures/targets';
import { type Detail, detailOf } from '../draw/encode.ts';
import { foldsThatFit, type Room } from './folds.ts';
import {
  type Picture,
  type PictureAsk,
  type PictureState,
  type PictureWish,
  stateOf,
} from './picture-shape.ts';

export interface FittedPicture {
  picture: Picture;
  /** Px on the screen for one of the layout; never above 1. */
  zoom: number;
  detail: Detail;
  /** Folded because there is no room, so that the next picture starts with it. */
  foldedByItself: ReadonlySet<string>;
}

export type MakePicture = (ask: PictureAsk, previous: PictureState | null) => Picture;

/** With `previous` what was drawn keeps its place, and the same things stay folded. */
export function fittedBy(
  make: MakePicture,
  graph: PictureAsk['graph'],
  wish: PictureWish,
  room: Room,
  judge: Judge,
  previous: FittedPicture | null,
): FittedPicture {
  const view = { focus: wish.focus, hidden: new Set(wish.hidden), ...judge };
  const byItself = previous?.foldedByItself ?? foldsThatFit(graph, wish, view, room);
  const picture = make({ graph, wish, byItself, room, ...judge }, previous && stateOf(previous.picture));
  const zoom = zoomOf(picture, room);
  return { picture, zoom, detail: detailOf(zoom), foldedByItself: byItself };
}

function zoomOf(picture: Picture, room: Room): number {
  if (picture.kind === 'overview') return picture.overview.zoom;
  const across = room.width / Math.max(1, picture.layout.width);
  const down = room.height === null ? 1 : room.height / Math.max(1, picture.layout.height);
  return Math.min(1, across, down);
}
