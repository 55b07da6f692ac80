// Keys on a picture: where the focus goes, and what they do with the card that has it.

import type { Layout } from '@latchwork/graph/layout/place';
import { isRest } from '@latchwork/graph/scene/rest';
import type { Scene } from '@latchwork/graph/scene/scene';
import type { PageLocation } from '../../../../location/location.svelte.ts';
import { focusChange } from '../../focus-change.ts';
import type { Viewport } from '../looking/viewport.svelte.ts';
import { pictureKey } from './picture-keys.ts';
import { type Pointing, targetOf } from './pointing.svelte.ts';

export interface Keyed {
  scene: Scene;
  layout: Layout;
  isLarge: boolean;
  root: Element;
  /** Asks for a drawer that takes the focus. */
  onopen: (byKey: boolean) => void;
}

export class Keying {
  readonly #location: Pick<PageLocation, 'place' | 'go'>;
  readonly #pointing: Pointing;
  readonly #viewport: () => Viewport;
  readonly #of: () => Keyed;

  constructor(
    location: Pick<PageLocation, 'place' | 'go'>,
    pointing: Pointing,
    viewport: () => Viewport,
    of: () => Keyed,
  ) {
    this.#location = location;
    this.#pointing = pointing;
    this.#viewport = viewport;
    this.#of = of;
  }

  pressed(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { scene, layout, isLarge, onopen } = this.#of();
    if (event.key === 'Enter') onopen(true);
    const facts = {
      target: targetOf(event),
      lastCard: this.#pointing.lastCard,
      cards: layout.cards,
      links: scene.links,
    };
    const action = pictureKey(event.key, facts);
    if (action === null) return;
    event.preventDefault();
    const { place } = this.#location;
    if (action.do === 'focus-card') this.#focusOn('card', action.id);
    else if (action.do === 'focus-link') {
      this.#pointing.stay(action.of);
      this.#focusOn('link', action.id);
    } else if (action.do === 'neighbourhood') {
      if (isRest(action.card)) onopen(true);
      this.#location.go(focusChange(place, action.card, isLarge));
    } else if (action.do === 'hide')
      this.#location.go({ hidden: [...place.hidden, action.card], selected: null });
    else event.target?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  }

  #focusOn(what: 'card' | 'link', id: string): void {
    const { root, layout } = this.#of();
    const element = root.querySelector(`[data-${what}="${CSS.escape(id)}"]`);
    // What has not come yet is not gone to.
    if (!(element instanceof SVGElement)) return;
    element.focus({ preventScroll: true });
    const area =
      what === 'card'
        ? layout.cards.find((card) => card.id === id)
        : layout.links.find((link) => link.id === id)?.mark;
    if (area) this.#viewport().reveal(area);
  }
}
