// The scene as numbers: cards, boxes and links by index, in an order that no input order can change.

import { CARD_HEIGHT } from '../scene/card.ts';
import type { MarkKind } from '../scene/mark-kind.ts';
import type { LayoutState } from './place.ts';

/** What is to be placed: a scene, or the cards and lines of a map. */
export interface BoardScene {
  cards: readonly {
    id: string;
    box: string | null;
    type: string;
    width: number;
    height: number;
    /** The outer column that it is put into, whatever it calls. */
    side?: 'left' | 'right';
  }[];
  links: readonly {
    id: string;
    source: string;
    target: string;
    http: { rps: number } | null;
    unreachedRps: number;
    mark: MarkKind;
    partlyRefused: boolean;
    split?: unknown;
  }[];
}

/** How lines land: null where it depends on the card. */
export interface PortStyle {
  /** Marks without words: a pill without its share, a disc for what is refused. */
  compactMarks: boolean;
  mostPorts: number | null;
  portsApart: number | null;
}

const FULL: PortStyle = { compactMarks: false, mostPorts: null, portsApart: null };

/** A box is a box of the scene, or one card outside of any, then without a frame. Links are indices into `source`, `target`. */
export interface Board {
  cards: readonly string[];
  width: Float64Array;
  height: Float64Array;
  boxOf: Int32Array;
  boxes: readonly string[];
  framed: readonly boolean[];
  /** Stands at the left whatever it calls: the callers from nowhere. */
  leftmost: readonly boolean[];
  sides: readonly ('left' | 'right' | null)[];
  links: readonly string[];
  source: Int32Array;
  target: Int32Array;
  rps: Float64Array;
  /** How much a link pulls: grows slowly with its rate. */
  pull: Float64Array;
  marks: readonly MarkKind[];
  partlyRefused: readonly boolean[];
  /** A route gives its target a weight. */
  isSplit: readonly boolean[];
  outs: readonly number[][];
  ins: readonly number[][];
  style: PortStyle;
}

/** A card keeps the size that it had: a box that folded in place stays narrow. */
export function toBoard(scene: BoardScene, previous?: LayoutState, style = FULL): Board {
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
    sides: cards.map(({ side }) => side ?? null),
    links: links.map(({ id }) => id),
    source,
    target,
    rps,
    pull: rps.map((rate) => Math.log2(2 + 8 * rate)),
    marks: links.map(({ mark }) => mark),
    partlyRefused: links.map(({ partlyRefused }) => partlyRefused),
    isSplit: links.map(({ split }) => Boolean(split)),
    outs,
    ins,
    style,
  };
}

/** Places are made of rates: one that is no number would make places that are none. */
function drawable(rate: number): number {
  return rate > 0 ? Math.min(rate, Number.MAX_SAFE_INTEGER) : 0;
}

/** How many units may land on a card before links of one kind share a port. */
export function mostPorts(board: Board, card: number): number {
  return board.style.mostPorts ?? (board.height[card]! > CARD_HEIGHT ? 6 : 4);
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
