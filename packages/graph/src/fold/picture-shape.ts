// What a picture is: what is asked for, what comes of it, and what the next one needs to know. Light, for those who only
// show pictures that others make.

import type { Graph } from '@latchwork/shared/graph';
import type { Layout, LayoutState } from '../layout/place.ts';
import type { LineChoice } from '../overview/line-choice.ts';
import type { Overview, OverviewState } from '../overview/overview.ts';
import type { ByLabel } from '../scene/box-of.ts';
import type { Only } from '../scene/only.ts';
import type { Scene } from '../scene/scene.ts';
import type { Folds } from './folded-now.ts';
import type { Room } from './folds.ts';
import { focusOf, isLarge, type Sight } from './opening.ts';

/** What somebody chose to see, as the address says it. */
export interface PictureWish extends Folds, Sight {
  hidden: readonly string[];
  only: Only | null;
  lines: LineChoice;
}

export interface PictureAsk {
  graph: Pick<Graph, 'nodes' | 'edges' | 'namespaces' | 'at'> & ByLabel;
  wish: PictureWish;
  /** Folded for want of room: `foldsThatFit`. */
  byItself: ReadonlySet<string>;
  room: Room;
  successTarget: number;
}

/** `open`: one box or card of a large graph; `whole`: all that there is, or a neighbourhood of it. */
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

export function kindOf(graph: PictureAsk['graph'], wish: PictureWish): PictureKind {
  if (!isLarge(graph)) return 'whole';
  return focusOf(graph, wish) === null ? 'overview' : 'open';
}

/** Whether the code of small graphs makes it, as long as nothing is folded. */
export function isPlain(graph: PictureAsk['graph'], wish: PictureWish): boolean {
  return wish.only === null && kindOf(graph, wish) === 'whole';
}

export function stateOf(picture: Picture): PictureState {
  return picture.kind === 'overview'
    ? { kind: 'overview', state: picture.overview.state }
    : { kind: 'graph', state: picture.layout.state };
}

export function isEmpty(picture: Picture): boolean {
  return picture.layout.cards.length === 0;
}
