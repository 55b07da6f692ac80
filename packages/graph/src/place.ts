// Where things stand: the shapes that a layout answers with. Numbers in px at zoom 1.

import type { MarkKind } from './mark-kind.ts';

export interface Point {
  x: number;
  y: number;
}

/** `x` and `y` are the upper left corner. */
export interface Rectangle extends Point {
  width: number;
  height: number;
}

export interface PlacedBox extends Rectangle {
  id: string;
}

export interface PlacedCard extends Rectangle {
  id: string;
}

export interface PlacedMark extends Rectangle {
  kind: MarkKind;
}

/** Links that share one port, one trunk and one mark. Only the one that `leads` draws mark and number. */
export interface PlacedBundle {
  id: string;
  size: number;
  leads: boolean;
  /** Middle of the number. */
  x: number;
  y: number;
}

export interface PlacedLink {
  id: string;
  /** From the edge of the source card to the edge of the target card; every segment level or upright. */
  points: readonly Point[];
  mark: PlacedMark | null;
  /** The barred circle of a link that policy refuses in part, left of its mark. */
  refusedMark: Rectangle | null;
  bundle: PlacedBundle | null;
}

/** A plain JSON value: keep it with the fold, and hand it to the next layout. */
export interface LayoutState {
  version: 1;
}

export interface Layout {
  width: number;
  height: number;
  boxes: readonly PlacedBox[];
  cards: readonly PlacedCard[];
  links: readonly PlacedLink[];
  state: LayoutState;
}
