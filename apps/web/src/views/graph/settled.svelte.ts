// A graph of some size that is there already when its view is made comes a task after the view: both at once would keep the page
// from answering.

import type { Graph } from '@latchwork/shared/graph';

const SOME_EDGES = 50;

export class Settled {
  readonly #asked: () => Graph | undefined;
  #isSettled = $state(false);

  constructor(asked: () => Graph | undefined) {
    this.#asked = asked;
    $effect(() => {
      const timer = setTimeout(() => (this.#isSettled = true));
      return () => clearTimeout(timer);
    });
  }

  readonly graph = $derived.by(() => {
    const graph = this.#asked();
    return this.#isSettled || (graph?.edges.length ?? 0) < SOME_EDGES ? graph : undefined;
  });
}
