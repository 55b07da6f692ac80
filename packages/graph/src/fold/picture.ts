// What is shown of a graph, and where it stands: all of it, the map of its namespaces, or one of them. One answer for the
// page, its worker, the frame and the server's pictures.

import type { Graph } from '@latchwork/shared/graph';
import { layout } from '../layout/layout.ts';
import type { Layout, LayoutState } from '../layout/place.ts';
import type { LineChoice } from '../overview/drawn.ts';
import { type Overview, type OverviewState, toOverview } from '../overview/overview.ts';
import { namespacesOf } from '../overview/overview-card.ts';
import { kept } from '../scene/kept.ts';
import type { Only } from '../scene/only.ts';
import { type Scene, toScene } from '../scene/scene.ts';
import { type Folds, foldedNow } from './folded-now.ts';
import { openAt, type Room } from './folds.ts';
import { openScene } from './open-scene.ts';
import { focusOf, isLarge, type Sight } from './opening.ts';

/** What somebody chose to see, as the address says it. */
export interface PictureWish extends Folds, Sight {
  hidden: readonly string[];
  only: Only | null;
  lines: LineChoice;
}

export interface PictureAsk {
  graph: Pick<Graph, 'nodes' | 'edges' | 'namespaces' | 'at'>;
  wish: PictureWish;
  /** Folded for want of room: `foldsThatFit`. */
  byItself: ReadonlySet<string>;
  room: Room;
  successTarget: number;
}

/** `open`: one namespace or card of a large graph; `whole`: all that there is, or a neighbourhood of it. */
export type PictureKind = 'whole' | 'open' | 'overview';

export interface GraphPicture {
  kind: 'whole' | 'open';
  scene: Scene;
  layout: Layout;
}

export interface OverviewPicture {
  kind: 'overview';
  overview: Overview;
  layout: Layout;
}

export type Picture = GraphPicture | OverviewPicture;

/** What the next picture of the same kind needs to know: a plain value. */
export type PictureState = { kind: 'graph'; state: LayoutState } | { kind: 'overview'; state: OverviewState };

/** A map without a height of its own gets the shape of a screen. */
const SCREEN = 0.62;

export function kindOf(graph: PictureAsk['graph'], wish: PictureWish): PictureKind {
  if (!isLarge(graph)) return 'whole';
  return focusOf(graph, wish) === null ? 'overview' : 'open';
}

/** With what was drawn before, of the same kind, things keep their places. */
export function toPicture(ask: PictureAsk, previous: PictureState | null = null): Picture {
  const { graph, wish, room, successTarget } = ask;
  const nowMs = Date.parse(graph.at);
  if (kindOf(graph, wish) !== 'overview') {
    const before = previous?.kind === 'graph' ? previous.state : undefined;
    const { kind, scene } = toPictureScene(ask, before && presentIn(before));
    return { kind, scene, layout: layout(scene, before, nowMs) };
  }
  const overview = toOverview(
    {
      graph,
      hidden: new Set(wish.hidden),
      only: wish.only,
      choice: wish.lines,
      successTarget,
      room: { width: room.width, height: room.height ?? Math.round(SCREEN * room.width) },
    },
    previous?.kind === 'overview' ? previous.state : null,
    nowMs,
  );
  return { kind: 'overview', overview, layout: overview.layout };
}

export function stateOf(picture: Picture): PictureState {
  return picture.kind === 'overview'
    ? { kind: 'overview', state: picture.overview.state }
    : { kind: 'graph', state: picture.layout.state };
}

export function isEmpty(picture: Picture): boolean {
  return picture.layout.cards.length === 0;
}

/** For texts, which have no room to fit: a map as one scene, with all of its lines. */
export function toTextScene(ask: Omit<PictureAsk, 'byItself' | 'room'>): Scene {
  const { graph, wish, successTarget } = ask;
  const room = { width: Number.POSITIVE_INFINITY, height: null };
  if (kindOf(graph, wish) !== 'overview') return toPictureScene({ ...ask, byItself: new Set(), room }).scene;
  const folded = foldedNow(wish, namespacesOf(graph.nodes));
  const hidden = new Set(wish.hidden);
  return kept(toScene(graph, { folded, hidden, successTarget }), wish.only);
}

function presentIn({ cards }: LayoutState): Set<string> {
  return new Set(Object.keys(cards).filter((id) => cards[id]!.goneMs === null));
}

/** Of anything but a map: what is to be laid out. `drawn`: cards that are there already. */
function toPictureScene(
  { graph, wish, byItself, room, successTarget }: PictureAsk,
  drawn: ReadonlySet<string> = new Set(),
): { kind: 'whole' | 'open'; scene: Scene } {
  const hidden = new Set(wish.hidden);
  const focus = isLarge(graph) ? focusOf(graph, wish) : wish.focus;
  if (isLarge(graph) && focus !== null) {
    const scene = openScene(graph, focus, room.height, { hidden, successTarget }, drawn);
    return { kind: 'open', scene: kept(scene, wish.only) };
  }
  const folded = openAt(focus, foldedNow(wish, byItself));
  return { kind: 'whole', scene: kept(toScene(graph, { folded, focus, hidden, successTarget }), wish.only) };
}
