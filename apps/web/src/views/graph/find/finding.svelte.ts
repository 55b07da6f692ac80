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

  readonly #isWanted = $derived.by(() => this.#asked().place.filter !== '');

  /** All of the graph is shown, whatever is asked for. */
  get isFailed(): boolean {
    return this.#isWanted && this.#finder.isLost;
  }

  readonly found = $derived.by(() => {
    const { whole, place } = this.#asked();
    const finder = this.#finder.loaded;
    return whole && finder && place.filter !== '' ? finder.findInGraph(whole, place.filter) : null;
  });

  readonly graph = $derived.by(() => {
    const { whole, place } = this.#asked();
    const finder = this.#finder.loaded;
    if (whole && this.found && finder) return finder.shownOf(whole, this.found, place.found);
    const isComing = this.#isWanted && !finder && !this.#finder.isLost;
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
