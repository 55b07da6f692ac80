// What the next layout needs to know of this one, as a plain value; and how long it remembers what is gone.

import type { Board } from './board.ts';
import type { Frame } from './frame.ts';
import type { BoxPlace, CardPlace, LayoutState, LinkPlace } from './place.ts';
import type { Placement } from './placing/placement.ts';
import { bundleName, type Units } from './routing/bundles.ts';
import type { Routes } from './routing/routes.ts';

const REMEMBER_MS = 10 * 60_000;

/** A box may be called `constructor`: what every object inherits is no place of it. */
export function bare(state: LayoutState): LayoutState {
  const own = <T>(places: Record<string, T>): Record<string, T> => Object.assign(Object.create(null), places);
  return { ...state, boxes: own(state.boxes), cards: own(state.cards), links: own(state.links) };
}

export function toState(
  board: Board,
  placement: Placement,
  routes: Routes,
  units: Units,
  frame: Frame,
  top: number,
  previous: LayoutState | null,
  nowMs: number,
): LayoutState {
  const boxes: Record<string, BoxPlace> = Object.create(null);
  const cards: Record<string, CardPlace> = Object.create(null);
  const links: Record<string, LinkPlace> = Object.create(null);
  for (const [i, id] of board.boxes.entries())
    boxes[id] = {
      left: placement.left[i]!,
      right: placement.right[i]!,
      y: placement.boxY[i]!,
      height: placement.boxHeight[i]!,
      goneMs: null,
    };
  for (const [i, id] of board.cards.entries())
    cards[id] = {
      box: board.boxes[board.boxOf[i]!]!,
      column: placement.layer[i]!,
      y: placement.y[i]!,
      width: board.width[i]!,
      height: board.height[i]!,
      goneMs: null,
    };
  for (const [i, id] of board.links.entries())
    links[id] = {
      out: routes.out[i]! - placement.y[board.source[i]!]!,
      in: routes.in[i]! - placement.y[board.target[i]!]!,
      lanes: routes.lanes[i]!,
      was: routes.was[i]!,
      // Alone in what was a bundle it still holds the place for those that may come back.
      bundle:
        units.members[units.of[i]!]!.length > 1
          ? bundleName(board, units.members[units.of[i]!]![0]!)
          : (previous?.links[id]?.bundle ?? null),
      goneMs: null,
    };
  const hidden = hiddenBy(board, previous?.cards);
  return {
    version: 1,
    top,
    columnWidths: frame.columnWidth,
    gapWidths: frame.gapWidth,
    boxes: withGone(boxes, previous?.boxes, hidden, nowMs),
    cards: withGone(cards, previous?.cards, hidden, nowMs),
    links: withGone(links, previous?.links, hidden, nowMs),
  };
}

/** Folded boxes, and all cards that were in them. */
function hiddenBy({ cards }: Board, before: Record<string, CardPlace> = {}): Set<string> {
  const folded = new Set(
    cards.filter((id) => id.startsWith('folded:')).map((id) => id.slice('folded:'.length)),
  );
  const inside = Object.entries(before).flatMap(([id, { box }]) => (folded.has(box) ? [id] : []));
  return new Set([...folded, ...inside]);
}

/** What a folded box hides is remembered as long as it stays folded, all else for ten minutes. */
function withGone<T extends { goneMs: number | null }>(
  present: Record<string, T>,
  before: Record<string, T> | undefined,
  hidden: ReadonlySet<string>,
  nowMs: number,
): Record<string, T> {
  const hides = (id: string) => id.split('>').some((end) => hidden.has(end));
  const all = { ...present };
  for (const [id, place] of Object.entries(before ?? {})) {
    // A folded card finds its place again by rule; kept, it would only stand in the way of what it hid.
    if (id in present || id.includes('folded:')) continue;
    const goneMs = place.goneMs ?? nowMs;
    if (hides(id) || nowMs - goneMs < REMEMBER_MS) all[id] = { ...place, goneMs };
  }
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}
