// A graph as a picture that can be read in the room there is: what to show, where it stands, and how near it is seen.

import type { Judge } from '@latchwork/figures/targets';
import type { Graph } from '@latchwork/shared/graph';
import { type Detail, detailOf, LEAST_ZOOM } from '../draw/encode.ts';
import { layout } from '../layout/layout.ts';
import type { Layout } from '../layout/place.ts';
import { kept } from '../scene/kept.ts';
import type { Only } from '../scene/only.ts';
import { type Scene, toScene } from '../scene/scene.ts';
import { autoFold, nextToFold } from './auto-fold.ts';
import { focusNamespace } from './focus-namespace.ts';
import { type Folds, foldedNow } from './folded-now.ts';

/** What whoever shares a picture chose to show, as the address says it. */
export interface PictureWish extends Folds {
  focus: string | null;
  hidden: readonly string[];
  only: Only | null;
}

/** `height` null: as high as it comes. Px. */
export interface Room {
  width: number;
  height: number | null;
}

export interface FittedPicture {
  scene: Scene;
  layout: Layout;
  /** Px on the screen for one of the layout; never above 1. */
  zoom: number;
  detail: Detail;
  /** Folded because there is no room, so that the next picture starts with it. */
  foldedByItself: ReadonlySet<string>;
}

/** Folding a namespace at a time costs a layout each: enough for any mesh that can be read at all. */
const MOST_FOLDS = 8;

/** With `previous` what was drawn keeps its place, as long as the same things are folded. */
export function fittedPicture(
  graph: Pick<Graph, 'nodes' | 'edges' | 'at'>,
  wish: PictureWish,
  room: Room,
  judge: Judge,
  previous: FittedPicture | null = null,
): FittedPicture {
  const byItself = new Set(previous?.foldedByItself ?? autoFold(graph.nodes));
  for (let turn = 0; ; turn++) {
    const folded = foldedNow(wish, byItself);
    const opened = focusNamespace(wish.focus);
    if (opened) folded.delete(opened); // what is looked at is open
    const view = {
      folded,
      focus: wish.focus,
      hidden: new Set(wish.hidden),
      ...judge,
    };
    const scene = kept(toScene(graph, view), wish.only);
    const keepsPlaces = previous !== null && previous.foldedByItself.size === byItself.size;
    const placed = layout(scene, keepsPlaces ? previous.layout.state : undefined, Date.parse(graph.at));
    const zoom = zoomOf(placed, room);
    const next =
      zoom >= LEAST_ZOOM || turn >= MOST_FOLDS
        ? null
        : nextToFold(graph.nodes, new Set([...folded, ...wish.unfolded]), scene);
    if (next === null)
      return { scene, layout: placed, zoom, detail: detailOf(zoom), foldedByItself: byItself };
    byItself.add(next);
  }
}

function zoomOf({ width, height }: Layout, room: Room): number {
  const across = room.width / Math.max(1, width);
  const down = room.height === null ? 1 : room.height / Math.max(1, height);
  return Math.min(1, across, down);
}
