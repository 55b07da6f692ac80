// What the filter of the graph finds, and the graph as it is shown for it. What does the finding is loaded with the first filter.

import type { Graph } from '@latchwork/shared/graph';
import type { Place } from '../../../location/place.ts';
import type { LitQuestion } from '../canvas/lit-places.ts';

type Finder = Pick<typeof import('./find-in-graph.ts'), 'findInGraph' | 'shownOf'>;

export class Finding {
  readonly #asked: () => { whole: Graph | undefined; place: Place };
  #finder = $state.raw<Finder | null>(null);

  constructor(asked: () => { whole: Graph | undefined; place: Place }) {
    this.#asked = asked;
    // The module comes from outside.
    $effect(() => {
      if (asked().place.filter === '' || this.#finder) return;
      void this.#load();
    });
  }

  async #load(): Promise<void> {
    const { findInGraph, shownOf } = await import('./find-in-graph.ts');
    this.#finder = { findInGraph, shownOf };
  }

  readonly found = $derived.by(() => {
    const { whole, place } = this.#asked();
    return whole && this.#finder && place.filter !== ''
      ? this.#finder.findInGraph(whole, place.filter)
      : null;
  });

  readonly graph = $derived.by(() => {
    const { whole, place } = this.#asked();
    return whole && this.found && this.#finder ? this.#finder.shownOf(whole, this.found, place.found) : whole;
  });

  readonly lit = $derived.by((): LitQuestion | null => {
    if (this.found === null || this.#asked().place.found !== 'light') return null;
    return { places: [...this.found.nodes, ...this.found.edges], isFelt: false, isAlone: true };
  });
}
