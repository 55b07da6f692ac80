// What the filter of the graph finds, and the graph as it is shown for it. What does the finding is loaded with the first filter.

import type { Graph } from '@latchwork/shared/graph';
import type { Place } from '../../../location/place.ts';
import type { LitQuestion } from '../canvas/pointing/lit-places.ts';

type Finder = Pick<typeof import('./find-in-graph.ts'), 'findInGraph' | 'shownOf'>;

export class Finding {
  readonly #asked: () => { whole: Graph | undefined; place: Place };
  #finder = $state.raw<Finder | null>(null);
  #isFailed = $state(false);
  // Not state: whoever saw all of the graph goes on seeing it until the finder is there.
  #wasWhole = false;

  constructor(asked: () => { whole: Graph | undefined; place: Place }) {
    this.#asked = asked;
    // The module comes from outside.
    $effect(() => {
      if (!this.#isWanted || this.#finder) return;
      void this.#load();
    });
  }

  async #load(): Promise<void> {
    try {
      const { findInGraph, shownOf } = await import('./find-in-graph.ts');
      this.#finder = { findInGraph, shownOf };
    } catch {
      this.#isFailed = true;
    }
  }

  readonly #isWanted = $derived.by(() => this.#asked().place.filter !== '');

  /** All of the graph is shown, whatever is asked for. */
  get isFailed(): boolean {
    return this.#isWanted && this.#isFailed;
  }

  readonly found = $derived.by(() => {
    const { whole, place } = this.#asked();
    return whole && this.#finder && place.filter !== ''
      ? this.#finder.findInGraph(whole, place.filter)
      : null;
  });

  readonly graph = $derived.by(() => {
    const { whole, place } = this.#asked();
    if (whole && this.found && this.#finder) return this.#finder.shownOf(whole, this.found, place.found);
    const isComing = this.#isWanted && !this.#finder && !this.#isFailed;
    // A picture of all of it would be laid out, only to go again.
    if (isComing && place.found !== 'light' && !this.#wasWhole) return undefined;
    this.#wasWhole ||= whole !== undefined;
    return whole;
  });

  readonly lit = $derived.by((): LitQuestion | null => {
    if (this.found === null || this.#asked().place.found !== 'light') return null;
    return { places: [...this.found.nodes, ...this.found.edges], isFelt: false, isAlone: true };
  });
}
