// Clicks on a picture: one selects, two show the neighbourhood of a card, one beside everything lets go.

import type { Scene } from '@latchwork/graph/scene/scene';
import type { PageLocation } from '../../../../location/location.svelte.ts';
import { cardSelection, linkSelection } from '../../drawer/selection.ts';
import { focusChange } from '../../focus-change.ts';
import { targetOf } from './pointing.svelte.ts';

export interface Clicked {
  scene: Scene;
  isLarge: boolean;
  /** Of the picture, px. */
  width: number;
  /** Asks for a drawer that takes the focus: it was opened by a key. */
  onopen: (byKey: boolean) => void;
}

const DOUBLE_CLICK_MS = 250;
const DRAWER_PX = 408;

export class Clicks {
  readonly #location: Pick<PageLocation, 'place' | 'go'>;
  readonly #of: () => Clicked;
  #selecting: ReturnType<typeof setTimeout> | undefined;

  constructor(location: Pick<PageLocation, 'place' | 'go'>, of: () => Clicked) {
    this.#location = location;
    this.#of = of;
  }

  /** A card where the drawer will open waits for a second click, which the drawer would take. */
  first(event: MouseEvent): void {
    const { scene, width } = this.#of();
    const target = targetOf(event);
    const isPlain = event.detail > 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!target || !('card' in target) || !isPlain || this.#location.place.selected !== null) return;
    if (event.offsetX < width - DRAWER_PX) return;
    const card = scene.cards.find(({ id }) => id === target.card);
    if (!card) return;
    event.preventDefault();
    this.stop();
    this.#selecting = setTimeout(() => this.#location.go({ selected: cardSelection(card) }), DOUBLE_CLICK_MS);
  }

  one(event: MouseEvent): void {
    if (!(event.target instanceof SVGElement)) return;
    const { scene, onopen } = this.#of();
    const mark = event.target.closest<SVGElement>('[data-mark]')?.dataset['mark'];
    const marked = scene.links.find(({ id }) => id === mark);
    if (marked) this.#location.go({ selected: linkSelection(marked) }); // a mark is a part of its line, not a link of its own
    if (targetOf(event)) onopen(event.detail === 0);
    else if (event.target instanceof SVGSVGElement && this.#location.place.selected !== null)
      this.#location.go({ selected: null });
  }

  double(event: MouseEvent): void {
    this.stop();
    const target = targetOf(event);
    if (target && 'card' in target)
      this.#location.go(focusChange(this.#location.place, target.card, this.#of().isLarge));
  }

  stop(): void {
    clearTimeout(this.#selecting);
  }
}
