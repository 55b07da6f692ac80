// The plainest placing that shows everything: columns by longest path, boxes one below the other.

import { markRectangle } from './mark-size.ts';
import type { Layout, PlacedBox, PlacedCard, PlacedLink, Point } from './place.ts';
import type { Scene } from './scene.ts';

export function simplePlaces(scene: Scene): Omit<Layout, 'state'> {
  const layer = new Map(scene.cards.map(({ id }) => [id, 0]));
  for (let round = 0; round < Math.min(12, scene.cards.length); round++)
    for (const { source, target } of scene.links)
      if (layer.get(target)! <= layer.get(source)! && layer.get(source)! < 11)
        layer.set(target, layer.get(source)! + 1);

  const cards: PlacedCard[] = [];
  const boxes: PlacedBox[] = [];
  let y = 20;
  for (const box of [...scene.boxes.map(({ id }) => id), null]) {
    const inside = scene.cards.filter((card) => card.box === box);
    const depth = new Map<number, number>();
    const placed = inside.map(({ id, width, height }) => {
      const column = layer.get(id)!;
      const row = depth.get(column) ?? 0;
      depth.set(column, row + 1);
      return { id, width, height, x: 20 + column * 260, y: y + 30 + row * 96 };
    });
    if (placed.length === 0) continue;
    const left = Math.min(...placed.map(({ x }) => x)) - 16;
    const right = Math.max(...placed.map(({ x, width }) => x + width)) + 16;
    const bottom = Math.max(...placed.map((card) => card.y + card.height)) + 14;
    if (box !== null) boxes.push({ id: box, x: left, y, width: right - left, height: bottom - y });
    cards.push(...placed);
    y = bottom + 36;
  }
  const at = new Map(cards.map((card) => [card.id, card]));
  const links = scene.links.map((link): PlacedLink => {
    const [from, to] = [at.get(link.source)!, at.get(link.target)!];
    const start = { x: from.x + from.width, y: from.y + from.height / 2 };
    const end = { x: to.x, y: to.y + to.height / 2 };
    return {
      id: link.id,
      points: route(start, end),
      mark: markRectangle(link.mark, end),
      refusedMark: null,
      bundle: null,
    };
  });
  return {
    width: Math.max(...cards.map(({ x, width }) => x + width), 0) + 36,
    height: y,
    boxes,
    cards,
    links,
  };
}

function route(start: Point, end: Point): Point[] {
  const turn = end.x - 60;
  return [start, { x: turn, y: start.y }, { x: turn, y: end.y }, end];
}
