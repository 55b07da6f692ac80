// The map as it is lit for who points at something: all lines of that are drawn, over those that the map has by itself.

import { type Overview, withLines } from '@latchwork/graph/overview/overview';
import { lineDetail, type OverviewDetail, showsChips } from '@latchwork/graph/overview/overview-detail';
import { flushSync } from 'svelte';
import { Late } from '../../../ui/late.svelte.ts';
import type { Pointing } from '../canvas/pointing/pointing.svelte.ts';
import { litCard, litLine, type MapLit, touches } from './map-lit.ts';
import { paintedLines } from './painted-lines.ts';

export interface LitMapFacts {
  overview: Overview;
  detail: OverviewDetail;
  pointing: Pointing;
  selectedCardId: string | null;
  selectedLinkId: string | null;
}

export class LitMap {
  #of: () => LitMapFacts;

  readonly #overview = $derived.by(() => this.#of().overview);
  readonly cards = $derived.by(() => new Map(this.#overview.cards.map((card) => [card.id, card])));
  readonly lines = $derived.by(() => new Map(this.#overview.lines.map((line) => [line.id, line])));
  readonly #chips = $derived.by(() => {
    const { form, chips } = this.#overview;
    return new Set(showsChips(form, this.#of().detail) ? chips : []);
  });
  /** At once; lines that were only counted follow. */
  readonly lit = $derived.by((): MapLit | null => {
    const { pointing, selectedCardId, selectedLinkId } = this.#of();
    const all = this.#overview.lines;
    const pointedLine = this.lines.get(pointing.link ?? '');
    if (pointedLine) {
      // One that is stepped to stays, as those do that come next.
      const card = pointing.focusedLink === pointedLine.id ? pointing.lastCard : null;
      return card !== null && touches(pointedLine, card) ? litCard(card, all, this.#chips) : null;
    }
    for (const id of [pointing.card, selectedCardId])
      if (id !== null && this.cards.has(id)) return litCard(id, all, this.#chips);
    const line = this.lines.get(selectedLinkId ?? '');
    return line ? litLine(line) : null;
  });
  readonly litLines = $derived.by(() => this.lit && new Set(this.lit.lines.map(({ id }) => id)));
  readonly #isDrawn = $derived.by(() => new Set(this.#overview.drawn));
  readonly #layout: Late<Overview['layout']>;
  readonly painted = $derived.by(() => {
    const { links } = this.#layout.current;
    return paintedLines(links, this.lines, this.litLines, lineDetail(this.#of().detail));
  });

  constructor(of: () => LitMapFacts) {
    this.#of = of;
    // Ways through the map are found in a task of their own: what is lit shows before.
    this.#layout = new Late(() => {
      const overview = this.#overview;
      const extra = this.lit?.lines.filter(({ id }) => !this.#isDrawn.has(id)) ?? [];
      return () => (extra.length === 0 ? overview.layout : withLines(overview, extra));
    });
  }

  /** The lines of a card in their order; those that still had to come are drawn. */
  stepsOf(card: string): string[] {
    this.#layout.settle();
    flushSync();
    return this.#layout.current.links.flatMap(({ id }) => {
      const line = this.lines.get(id);
      return line && touches(line, card) ? [id] : [];
    });
  }
}
