// What a menu of the picture is about: a card, a line or a box, whatever the picture is. Pure.

import type { Picture } from '@latchwork/graph/fold/picture-shape';
import type { OverviewCard } from '@latchwork/graph/overview/overview-card';
import { groupOf } from '@latchwork/graph/scene/box-of';
import type { Card } from '@latchwork/graph/scene/card';
import { isRest } from '@latchwork/graph/scene/rest';
import type { Edge } from '@latchwork/shared/edge';
import { edgeEnds } from '@latchwork/shared/edge-id';
import type { Node } from '@latchwork/shared/node';
import { cardSelection, linkSelection } from '../drawer/selection.ts';
import type { MenuTarget } from './asked-menu.ts';

export interface CardThing {
  kind: 'card';
  /** What hides it. */
  id: string;
  /** What opens it, and whose neighbourhood it is. */
  selection: string;
  focus: string;
  label: string;
  /** Its box, or the one that it is, and its namespace where that is another. */
  box: BoxThing | null;
  namespace: string | null;
  /** Null for what stands for several. */
  node: Node | null;
  isFolded: boolean;
  isMap: boolean;
}

export interface LineThing {
  kind: 'line';
  selection: string;
  /** What the cards at its ends are called, and what opens them. */
  from: { label: string; selection: string };
  to: { label: string; selection: string };
  /** Null for what adds up several. */
  edge: Pick<Edge, 'source' | 'target'> | null;
}

export interface BoxThing {
  kind: 'box';
  box: string;
  /** The label whose value it is; undefined for a namespace. */
  by: string | undefined;
}

export type MenuThing = CardThing | LineThing | BoxThing;

/** Null for what went while somebody asked. */
export function menuThing(target: MenuTarget, picture: Picture): MenuThing | null {
  if ('box' in target) return boxThing(target.box, 'scene' in picture ? picture.scene.by : undefined);
  const cards: ReadonlyMap<string, Card | OverviewCard> = new Map(
    cardsOf(picture).map((card) => [card.id, card]),
  );
  if ('card' in target) {
    const card = cards.get(target.card);
    return card ? ('nodes' in card ? ofCard(card) : ofMapCard(card)) : null;
  }
  const end = (id: string) => {
    const card = cards.get(id);
    return { label: card?.label ?? id, selection: card && 'nodes' in card ? cardSelection(card) : id };
  };
  if (picture.kind === 'overview') {
    const line = picture.overview.lines.find(({ id }) => id === target.link);
    if (!line) return null;
    const selection = line.id.replace('>', '~');
    return { kind: 'line', selection, from: end(line.source), to: end(line.target), edge: null };
  }
  const link = picture.scene.links.find(({ id }) => id === target.link);
  if (!link) return null;
  const selection = linkSelection(link);
  const edge = link.edges.length === 1 ? edgeEnds(selection) : null;
  return { kind: 'line', selection, from: end(link.source), to: end(link.target), edge };
}

function cardsOf(picture: Picture): readonly (Card | OverviewCard)[] {
  return picture.kind === 'overview' ? picture.overview.cards : picture.scene.cards;
}

function ofCard(card: Card): CardThing {
  const isFolded = card.type === 'folded';
  const selection = cardSelection(card);
  const [node = null] = card.nodes.length === 1 && !isFolded && !isRest(card.id) ? card.nodes : [];
  const { id, label, home, namespace } = card;
  const box = home === null ? null : boxThing(home, groupOf(card.nodes[0])?.by);
  return { kind: 'card', id, selection, focus: id, label, box, namespace, node, isFolded, isMap: false };
}

function boxThing(box: string, by: string | undefined): BoxThing {
  return { kind: 'box', box, by };
}

function ofMapCard({ id, label, home, by, isPeer }: OverviewCard): CardThing {
  const box = isPeer || home === null ? null : boxThing(home, by);
  return {
    kind: 'card',
    id,
    selection: id,
    focus: box?.box ?? id,
    label,
    box,
    namespace: null,
    node: null,
    isFolded: box !== null,
    isMap: true,
  };
}
