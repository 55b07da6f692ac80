// Makes pictures beside the page, so that it stays quick under the hand. Knows nothing but graphs and pictures.

import {
  isPlain,
  type Picture,
  type PictureAsk,
  type PictureState,
} from '@latchwork/graph/fold/picture-shape';
import { hasFolded, toWholePicture, toWholeScene } from '@latchwork/graph/fold/whole-picture';
import { LONG_WAIT_MS } from './long-wait.ts';
import { SentLines, type SentPicture } from './sent-lines.ts';

export interface LayoutRequest {
  id: number;
  /** Without a graph: the same as before. */
  ask: Omit<PictureAsk, 'graph'> & { graph: PictureAsk['graph'] | null };
  previous: PictureState | null;
}

export type LayoutReply = ({ id: number } & SentPicture) | { id: number; failure: string };

// The page's types know a window's postMessage; in a worker it takes the message alone.
const reply = (message: LayoutReply) => (postMessage as (message: LayoutReply) => void)(message);

// What large graphs need is most of the code, and most meshes are none.
async function made(ask: PictureAsk, previous: PictureState | null): Promise<Picture> {
  if (isPlain(ask.graph, ask.wish)) {
    const scene = toWholeScene(ask);
    if (!hasFolded(scene)) return toWholePicture(ask, previous, scene);
  }
  const { toPicture } = await loadLarge();
  return toPicture(ask, previous);
}

function loadLarge() {
  return import('@latchwork/graph/fold/picture');
}

// A graph that lets wait so long is large.
const waiting = setTimeout(() => void loadLarge().catch(() => undefined), LONG_WAIT_MS);

let graph: PictureAsk['graph'] = { nodes: [], edges: [], namespaces: [], at: '' };
const lines = new SentLines();

addEventListener('message', ({ data: { id, ask, previous } }: MessageEvent<LayoutRequest>) => {
  clearTimeout(waiting);
  if (ask.graph) {
    graph = ask.graph;
    lines.forget();
  }
  const asked = { ...ask, graph };
  made(asked, previous).then(
    (picture) => reply({ id, ...lines.without(picture, asked) }),
    (error: unknown) => reply({ id, failure: error instanceof Error ? error.message : String(error) }),
  );
});
