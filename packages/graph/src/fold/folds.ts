// Which boxes fold by themselves because a picture has no room for them: decided from counts, before a layout.

import type { Node } from '@latchwork/shared/node';
import { LEAST_ZOOM } from '../draw/encode.ts';
import { toScene, type View } from '../scene/scene.ts';
import { estimatedSize } from './estimate.ts';
import { focusBox } from './focus-box.ts';
import { type Folds, foldedNow } from './folded-now.ts';
import { nextToFold } from './next-to-fold.ts';

/** `height` null: as high as it comes. Px. */
export interface Room {
  width: number;
  height: number | null;
}

const MOST_FOLDS = 8;

/** The largest first, until all names could be read. What the reader opened stays open. */
export function foldsThatFit(
  graph: Parameters<typeof toScene>[0],
  wish: Folds,
  view: Pick<View, 'focus' | 'hidden' | 'successTarget'>,
  room: Room,
): Set<string> {
  const byItself = new Set<string>();
  for (let turn = 0; turn < MOST_FOLDS; turn++) {
    const folded = openAt(graph.nodes, view.focus, foldedNow(wish, byItself));
    const scene = toScene(graph, { ...view, folded });
    const { width, height } = estimatedSize(scene);
    const zoom = Math.min(room.width / width, room.height === null ? 1 : room.height / height);
    if (zoom >= LEAST_ZOOM) break;
    const next = nextToFold(graph.nodes, new Set([...folded, ...wish.unfolded]), scene);
    if (next === null) break;
    byItself.add(next);
  }
  return byItself;
}

/** What is looked at is open, whatever is folded. */
export function openAt(nodes: readonly Node[], focus: string | null, folded: Set<string>): Set<string> {
  const opened = focusBox(nodes, focus);
  if (opened !== null) folded.delete(opened);
  return folded;
}
