// What the filter of the graph finds, and the graph as it is shown for it. What does the finding is loaded with the first filter.

import type { Graph } from '@latchwork/shared/graph';
import type { Place } from '../../../location/place.ts';
import { LatePart } from '../../../ui/late-part.svelte.ts';
import type { LitQuestion } from '../canvas/pointing/lit-places.ts';

type Finder = Pick<typeof import('./find-in-graph.ts'), 'findInGraph' | 'shownOf'>;

export class Finding {
  readonly #asked: () => { whole: Graph | undefined; place: Place };
  readonly #finder: LatePart<Finder>;
  // Not state: whoever saw all of the graph goes on seeing it until the finder is there.
  #wasWhole = false;

  constructor(asked: () => { whole: Graph | undefined; place: Place }) {
    this.#asked = asked;
    this.#finder = new LatePart<Finder>(
      () => this.#isWanted,
      async () => {
        const { findInGraph, shownOf } = await import('./find-in-graph.ts');
        return { findInGraph, shownOf };
      },
    );
  }

  // Each by itself: a selection changes the place, and would find in thousands of edges anew.
  readonly #whole = $derived.by(() => this.#asked().whole);
  readonly #filter = $derived.by(() => this.#asked().place.filter);
  readonly #shownAs = $derived.by(() => this.#asked().place.found);
  readonly #isWanted = $derived(this.#filter !== '');

  /** All of the graph is shown, whatever is asked for. */
  get isFailed(): boolean {
    return this.#isWanted && this.#finder.isLost;
  }

  readonly found = $derived.by(() => {
    const finder = this.#finder.loaded;
    return this.#whole && finder && this.#isWanted ? finder.findInGraph(this.#whole, this.#filter) : null;
  });

  readonly graph = $derived.by(() => {
    const whole = this.#whole;
    const finder = this.#finder.loaded;
    if (whole && this.found && finder) return finder.shownOf(whole, this.found, this.#shownAs);
    const isComing = this.#isWanted && !finder && !this.#finder.isLost;
    // A picture of all of it would be laid out, only to go again.
    if (isComing && this.#shownAs !== 'light' && !this.#wasWhole) return undefined;
    this.#wasWhole ||= whole !== undefined;
    return whole;
  });

  readonly lit = $derived.by((): LitQuestion | null => {
    if (this.found === null || this.#shownAs !== 'light') return null;
    return { places: [...this.found.nodes, ...this.found.edges], isFelt: false, isAlone: true };
  });
}
