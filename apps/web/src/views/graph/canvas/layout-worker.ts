// Makes pictures beside the page, so that it stays quick under the hand. Knows nothing but graphs and pictures.

import { type Picture, type PictureAsk, type PictureState, toPicture } from '@latchwork/graph/fold/picture';

export interface LayoutRequest {
  id: number;
  ask: PictureAsk;
  previous: PictureState | null;
}

export type LayoutReply = { id: number; picture: Picture } | { id: number; failure: string };

// The page's types know a window's postMessage; in a worker it takes the message alone.
const reply = (message: LayoutReply) => (postMessage as (message: LayoutReply) => void)(message);

addEventListener('message', ({ data: { id, ask, previous } }: MessageEvent<LayoutRequest>) => {
  try {
    reply({ id, picture: toPicture(ask, previous) });
  } catch (error) {
    reply({ id, failure: error instanceof Error ? error.message : String(error) });
  }
});
