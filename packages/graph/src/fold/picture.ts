// What is shown of a graph, and where it stands: all of it, the map of its boxes, or one of them. One answer for the
// page, its worker, the frame and the server's pictures.

import { layout } from '../layout/layout.ts';
import type { LayoutState } from '../layout/place.ts';
import { foldTallColumns } from '../layout/placing/tall-columns.ts';
import { toOverview } from '../overview/overview.ts';
import { boxesOf } from '../scene/box-of.ts';
import { foldedId } from '../scene/card.ts';
import { kept } from '../scene/kept.ts';
import { type Scene, toScene } from '../scene/scene.ts';
import { focusBox } from './focus-box.ts';
import { foldedNow } from './folded-now.ts';
import { withInside } from './inside.ts';
import { openScene } from './open-scene.ts';
import { focusOf } from './opening.ts';
import { kindOf, type Picture, type PictureAsk, type PictureState } from './picture-shape.ts';
import { layoutStateOf, toWholePicture, toWholeScene } from './whole-picture.ts';

/** A map without a height of its own gets the shape of a screen. */
const SCREEN = 0.62;

/** With what was drawn before, of the same kind, things keep their places. */
export function toPicture(ask: PictureAsk, previous: PictureState | null = null): Picture {
  const { graph, wish, room, successTarget } = ask;
  const kind = kindOf(graph, wish);
  if (kind === 'whole') return toWholePicture(ask, previous, toldScene(toWholeScene(ask), ask));
  const nowMs = Date.parse(graph.at);
  if (kind === 'open') {
    const before = layoutStateOf(previous);
    const scene = toOpenScene(ask, before && presentIn(before));
    return { kind, scene, layout: layout(scene, before, nowMs, foldTallColumns) };
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

/** For texts, which have no room to fit: a map as one scene, with all of its lines. */
export function toTextScene(ask: Omit<PictureAsk, 'byItself' | 'room'>): Scene {
  const { graph, wish, successTarget } = ask;
  const room = { width: Number.POSITIVE_INFINITY, height: null };
  const kind = kindOf(graph, wish);
  if (kind === 'whole') return toldScene(toWholeScene({ ...ask, byItself: new Set(), room }), ask);
  if (kind === 'open') return toOpenScene({ ...ask, byItself: new Set(), room });
  const folded = foldedNow(wish, boxesOf(graph.nodes));
  const hidden = new Set(wish.hidden);
  const scene = toScene(graph, { folded, hidden, successTarget });
  return toldScene(scene, ask);
}

/** What the filter leaves, with what is wrong inside its folded boxes. */
function toldScene(
  scene: Scene,
  { graph, wish, successTarget }: Pick<PictureAsk, 'graph' | 'wish' | 'successTarget'>,
): Scene {
  const left = kept(scene, wish.only, graph.edges, { successTarget });
  return { ...left, cards: withInside(left.cards, graph.edges, { successTarget }) };
}

function presentIn({ cards }: LayoutState): Set<string> {
  return new Set(Object.keys(cards).filter((id) => cards[id]!.goneMs === null));
}

/** As a card beside what is open: the box that was, or the one of what was. */
function cameFrom({ nodes }: PictureAsk['graph'], { from }: PictureAsk['wish']): Set<string> {
  if (from == null) return new Set();
  const box = focusBox(nodes, from);
  return new Set(box === null ? [from] : [from, foldedId(box)]);
}

/** `drawn`: cards that are there already. */
function toOpenScene(
  { graph, wish, room, successTarget }: PictureAsk,
  drawn: ReadonlySet<string> = new Set(),
) {
  const hidden = new Set(wish.hidden);
  const focus = focusOf(graph, wish) as string; // else it were the map
  const scene = openScene(
    graph,
    focus,
    room,
    { hidden, successTarget },
    { drawn, from: cameFrom(graph, wish) },
  );
  return kept(scene, wish.only, graph.edges, { successTarget });
}
