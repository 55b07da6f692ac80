// Where things stand: the shapes that a layout answers with. Numbers in px at zoom 1.

import type { MarkKind } from '../scene/mark-kind.ts';

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
  /** Ids of its links, sorted. */
  members: readonly string[];
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
  /** The weight that a route gives the target, left of both. */
  splitMark: Rectangle | null;
  bundle: PlacedBundle | null;
}

/** Where a card stands: its column, and px from the top. */
export interface CardPlace {
  box: string;
  column: number;
  y: number;
  width: number;
  height: number;
  /** When it was first missed, in ms; null while it is there. Its place stays free for a while. */
  goneMs: number | null;
}

export interface BoxPlace {
  left: number;
  right: number;
  y: number;
  height: number;
  goneMs: number | null;
}

/** Ports are px from the upper edge of their cards; lanes are levels from the top. */
export interface LinkPlace {
  out: number;
  in: number;
  lanes: number[];
  /** Where it ran before something came to stand there: it goes back when that is gone. Null when it never gave way. */
  was: number[] | null;
  bundle: string | null;
  goneMs: number | null;
}

/** A plain JSON value: keep it with the fold, and hand it to the next layout. */
export interface LayoutState {
  version: 1;
  /** From the origin of levels to the upper edge of the picture, so that a new lane moves nothing. */
  top: number;
  columnWidths: number[];
  /** One more than columns: the margins are gaps too. */
  gapWidths: number[];
  boxes: Record<string, BoxPlace>;
  cards: Record<string, CardPlace>;
  links: Record<string, LinkPlace>;
}

/** `x` and `y` are 0 in a fresh layout; they fall below it when later links need room left of or above everything. */
export interface Layout extends Rectangle {
  boxes: readonly PlacedBox[];
  cards: readonly PlacedCard[];
  links: readonly PlacedLink[];
  state: LayoutState;
}
