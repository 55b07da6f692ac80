// The graph with its boxes as the address asks for them: namespaces, or the values of a label. What groups is loaded with the
// first wish for it.

import type { ByLabel } from '@latchwork/graph/scene/box-of';
import type { Graph } from '@latchwork/shared/graph';
import type { Live } from '../../../live/live.svelte.ts';
import { otherCluster } from '../../../live/other-cluster.ts';
import type { Place } from '../../../location/place.ts';
import { LatePart } from '../../../ui/late-part.svelte.ts';
import type { Boxes } from './boxes.ts';

interface Asked {
  whole: Graph | undefined;
  place: Place;
  live: Live;
}

const WAIT_MS = 5_000;

export class Grouping {
  readonly #asked: () => Asked;
  readonly #boxes: LatePart<Boxes>;
  #isLate = $state(false);
  // Not state: whoever saw a graph goes on seeing it until the values of the label are there.
  #wasShown = false;

  constructor(asked: () => Asked) {
    this.#asked = asked;
    this.#boxes = new LatePart<Boxes>(
      () => asked().place.by !== null,
      async () => new (await import('./boxes.ts')).Boxes(),
    );
    // Whoever tells the labels may stay silent: the graph does not wait for ever.
    $effect(() => {
      if (!this.#isWaiting) return;
      const timer = setTimeout(() => (this.#isLate = true), WAIT_MS);
      return () => {
        clearTimeout(timer);
        this.#isLate = false;
      };
    });
  }

  // Each by itself: a selection changes the place, and would group thousands of workloads anew.
  readonly #whole = $derived.by(() => this.#asked().whole);
  readonly #by = $derived.by(() => this.#asked().place.by);
  readonly #cluster = $derived.by(() => this.#asked().place.cluster);
  readonly #live = $derived.by(() => this.#asked().live);

  readonly #told = $derived.by(() => {
    if (this.#by === null) return null;
    const place = { by: this.#by, cluster: this.#cluster };
    return this.#boxes.loaded?.of(this.#whole, place, this.#live) ?? {};
  });

  readonly #isWaiting = $derived.by(() => {
    const told = this.#told;
    return this.#whole !== undefined && told !== null && !told.graph && !told.why && !this.#boxes.isLost;
  });

  readonly graph = $derived.by((): (Graph & ByLabel) | undefined => {
    const isAwaited = this.#isWaiting && !this.#isLate && !this.#wasShown;
    const graph = this.#told?.graph ?? (isAwaited ? undefined : this.#whole);
    this.#wasShown ||= graph !== undefined;
    return graph;
  });

  /** Why boxes are namespaces, though others were asked for; null when they are what was asked for. */
  get why(): string | null {
    if (this.#told === null) return null;
    if (this.#boxes.isLost) return 'What groups did not load.';
    return this.#told.why ?? (this.#isWaiting && this.#isLate ? 'Kubernetes has not told labels yet.' : null);
  }

  /** Kubernetes tells which labels there are, of its own cluster alone. */
  get isOffered(): boolean {
    const { place, live } = this.#asked();
    const { about } = live;
    return (
      place.by !== null || (about?.kubernetes?.available === true && otherCluster(about, place) === null)
    );
  }
}
