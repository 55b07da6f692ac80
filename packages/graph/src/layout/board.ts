// The scene as numbers: cards, boxes and links by index, in an order that no input order can change.

import { CARD_HEIGHT } from '../scene/card.ts';
import type { MarkKind } from '../scene/mark-kind.ts';
import type { Scene } from '../scene/scene.ts';
import type { LayoutState } from './place.ts';

/** A box is a namespace, or one card outside of any, then without a frame. Links are indices into `source`, `target`. */
export interface Board {
  cards: readonly string[];
  width: Float64Array;
  height: Float64Array;
  boxOf: Int32Array;
  boxes: readonly string[];
  framed: readonly boolean[];
  /** Stands at the left whatever it calls: the callers from nowhere. */
  leftmost: readonly boolean[];
  links: readonly string[];
  source: Int32Array;
  target: Int32Array;
  rps: Float64Array;
  /** How much a link pulls: grows slowly with its rate. */
  pull: Float64Array;
  marks: readonly MarkKind[];
  partlyRefused: readonly boolean[];
  outs: readonly number[][];
  ins: readonly number[][];
}

/** A card keeps the size that it had: a namespace that folded in place stays narrow. */
export function toBoard(scene: Scene, previous?: LayoutState): Board {
  const cards = [...scene.cards].sort(byId);
  const links = [...scene.links].sort(byId);
  const index = new Map(cards.map(({ id }, i) => [id, i]));
  const boxKey = cards.map(({ id, box }) => (box === null ? `=${id}` : box));
  const boxes = [...new Set(boxKey)].sort();
  const boxIndex = new Map(boxes.map((id, i) => [id, i]));
  const outs: number[][] = cards.map(() => []);
  const ins: number[][] = cards.map(() => []);
  const source = Int32Array.from(links, (link) => index.get(link.source)!);
  const target = Int32Array.from(links, (link) => index.get(link.target)!);
  for (const e of links.keys()) {
    outs[source[e]!]!.push(e);
    ins[target[e]!]!.push(e);
  }
  const rps = Float64Array.from(links, ({ http, unreachedRps }) => drawable((http?.rps ?? 0) + unreachedRps));
  return {
    cards: cards.map(({ id }) => id),
    width: Float64Array.from(cards, ({ id, width }) => previous?.cards[id]?.width ?? width),
    height: Float64Array.from(cards, ({ id, height }) => previous?.cards[id]?.height ?? height),
    boxOf: Int32Array.from(boxKey, (key) => boxIndex.get(key)!),
    boxes,
    framed: boxes.map((id) => !id.startsWith('=')),
    leftmost: cards.map(({ type }) => type === 'unmeshed'),
    links: links.map(({ id }) => id),
    source,
    target,
    rps,
    pull: rps.map((rate) => Math.log2(2 + 8 * rate)),
    marks: links.map(({ mark }) => mark),
    partlyRefused: links.map(({ partlyRefused }) => partlyRefused),
    outs,
    ins,
  };
}

/** Places are made of rates: one that is no number would make places that are none. */
function drawable(rate: number): number {
  return rate > 0 ? Math.min(rate, Number.MAX_SAFE_INTEGER) : 0;
}

/** How many units may land on a card before links of one kind share a port. */
export function mostPorts(board: Board, card: number): number {
  return board.height[card]! > CARD_HEIGHT ? 6 : 4;
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
