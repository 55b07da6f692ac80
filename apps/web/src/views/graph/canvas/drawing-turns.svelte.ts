// In which turns a picture that opens is drawn: boxes, then cards, then lines.

import type { Card } from '@latchwork/graph/scene/card';
import type { Link } from '@latchwork/graph/scene/link';
import type { Box, Scene } from '@latchwork/graph/scene/scene';
import { Arriving } from './arriving.svelte.ts';

const BOXES_AT_ONCE = 8;
const CARDS_AT_ONCE = 12;
const LINES_AT_ONCE = 40;

export class DrawingTurns {
  readonly #boxes: Arriving<Box>;
  readonly #cards: Arriving<Card>;

  constructor(scene: () => Scene) {
    this.#boxes = new Arriving(
      () => scene().boxes,
      () => BOXES_AT_ONCE,
    );
    this.#cards = new Arriving(
      () => scene().cards,
      () => (this.#boxes.isThere ? CARDS_AT_ONCE : 0),
    );
  }

  get boxes(): readonly Box[] {
    return this.#boxes.items;
  }

  get cards(): readonly Card[] {
    return this.#cards.items;
  }

  /** Whether it is the turn of lines and what stands on them. */
  get isOfLines(): boolean {
    return this.#cards.isThere;
  }
}

/** The lines of one generation, in no order; the one that is selected comes first. */
export function arrivingLines(
  links: () => readonly Link[],
  selectedId: () => string | null,
  isTheirTurn: () => boolean,
): Arriving<Link> {
  return new Arriving(
    () => {
      const selected = links().filter(({ id }) => id === selectedId());
      return [...selected, ...links().filter(({ id }) => id !== selectedId())];
    },
    () => (isTheirTurn() ? LINES_AT_ONCE : 0),
  );
}
