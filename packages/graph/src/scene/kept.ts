// What a filter leaves of a scene: the links that match, and their ends.

import { matches, type Only } from './only.ts';
import type { Scene } from './scene.ts';

export function kept(scene: Scene, only: Only | null): Scene {
  if (only === null) return scene;
  const links = scene.links.filter((link) => matches(link, only));
  const ends = new Set(links.flatMap(({ source, target }) => [source, target]));
  const cards = scene.cards.filter(({ id }) => ends.has(id));
  const open = new Set(cards.map(({ box }) => box));
  return { ...scene, boxes: scene.boxes.filter(({ id }) => open.has(id)), cards, links };
}
