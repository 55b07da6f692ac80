// All of a graph as one picture, or a neighbourhood of it, where it stands. By itself, for what larger graphs need is most of
// the code.

import { layout } from '../layout/layout.ts';
import type { LayoutState } from '../layout/place.ts';
import { kept } from '../scene/kept.ts';
import { type Scene, toScene } from '../scene/scene.ts';
import { foldedNow } from './folded-now.ts';
import { openAt } from './folds.ts';
import { withInside } from './inside.ts';
import type { GraphPicture, PictureAsk, PictureState } from './picture-shape.ts';

/** With what was drawn before, of the same kind, things keep their places. */
export function toWholePicture(ask: PictureAsk, previous: PictureState | null): GraphPicture {
  const scene = toWholeScene(ask);
  return { kind: 'whole', scene, layout: layout(scene, layoutStateOf(previous), Date.parse(ask.graph.at)) };
}

export function toWholeScene({ graph, wish, byItself, successTarget }: PictureAsk): Scene {
  const { focus } = wish;
  const folded = openAt(graph.nodes, focus, foldedNow(wish, byItself));
  const scene = toScene(graph, { folded, focus, hidden: new Set(wish.hidden), successTarget });
  const told = { ...scene, cards: withInside(scene.cards, graph.edges, { successTarget }) };
  return kept(told, wish.only, graph.edges, { successTarget });
}

export function layoutStateOf(previous: PictureState | null): LayoutState | undefined {
  return previous?.kind === 'graph' ? previous.state : undefined;
}
