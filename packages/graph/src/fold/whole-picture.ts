// All of a graph as one picture, or a neighbourhood of it, where it stands. By itself, for what larger graphs need is most of
// the code.

import { layout } from '../layout/layout.ts';
import type { LayoutState } from '../layout/place.ts';
import { type Scene, toScene } from '../scene/scene.ts';
import { foldedNow } from './folded-now.ts';
import { openAt } from './folds.ts';
import type { GraphPicture, PictureAsk, PictureState } from './picture-shape.ts';

/** With what was drawn before, of the same kind, things keep their places. `scene`: as it is told, where something is folded. */
export function toWholePicture(
  ask: PictureAsk,
  previous: PictureState | null,
  scene = toWholeScene(ask),
): GraphPicture {
  return { kind: 'whole', scene, layout: layout(scene, layoutStateOf(previous), Date.parse(ask.graph.at)) };
}

/** Without a filter; what is inside folded boxes is not told yet. */
export function toWholeScene({ graph, wish, byItself, successTarget }: PictureAsk): Scene {
  const { focus } = wish;
  const folded = openAt(graph.nodes, focus, foldedNow(wish, byItself));
  return toScene(graph, { folded, focus, hidden: new Set(wish.hidden), successTarget });
}

/** Whether some of it is folded, so that more than this is needed to tell of it. */
export function hasFolded({ cards }: Scene): boolean {
  return cards.some(({ type }) => type === 'folded');
}

export function layoutStateOf(previous: PictureState | null): LayoutState | undefined {
  return previous?.kind === 'graph' ? previous.state : undefined;
}
