// What the Graph view shows: from the graph, the address and the room there is to one picture. Everything is derived but the
// picture itself, which remembers places.

import { foldsThatFit } from '@latchwork/graph/fold/folds';
import { focusOf, isLarge } from '@latchwork/graph/fold/opening';
import {
  kindOf,
  type PictureAsk,
  type PictureKind,
  type PictureWish,
} from '@latchwork/graph/fold/picture-shape';
import type { ByLabel } from '@latchwork/graph/scene/box-of';
import { countingSizes, type Sizes, toSizes } from '@latchwork/graph/scene/sizes';
import type { Graph } from '@latchwork/shared/graph';
import { untrack } from 'svelte';
import type { Place } from '../../location/place.ts';
import { keepingEqual } from '../../ui/keeping-equal.ts';
import { type Arranged, Arrangement } from './canvas/arranging/arrangement.svelte.ts';
import type { Size } from './canvas/looking/area.ts';

export interface Viewed {
  graph: (Graph & ByLabel) | undefined;
  place: Place;
  successTarget: number;
}

/** The map leaves this much free around it. */
const MARGIN = 14;
/** Of the strip over a large graph, px. */
const STRIP = 44;
const MOST_COUNTED_AT_ONCE = 1_000;

export class Viewing {
  #viewed: () => Viewed;
  #keepWish = keepingEqual<PictureWish>();
  #arrangement: Arrangement;
  #tidied = $state(0);
  // Of the canvas, px, and with the panel that may stand beside it; 0 until it was measured.
  #room = $state.raw({ width: 0, height: 0, wholeWidth: 0 });
  // Boxes that fold for want of room are chosen once for a scope and a width: not state, for only the next choice reads it.
  #folds: { key: string; names: ReadonlySet<string> } = { key: '', names: new Set() };

  // Each by itself: a selection changes the place, and would count thousands of edges and lay out anew what stands already.
  readonly #graph = $derived.by(() => this.#viewed().graph);
  readonly #successTarget = $derived.by(() => this.#viewed().successTarget);
  readonly #isPicture = $derived.by(() => this.#viewed().place.shape === 'picture');
  readonly #scope = $derived.by(() => scopeOf(this.#viewed().place));
  // Thousands of edges are counted in tasks of their own, after the picture was asked for.
  #lateSizes = $state.raw<Sizes | null>(null);
  readonly #isCountedLate = $derived((this.#graph?.edges.length ?? 0) > MOST_COUNTED_AT_ONCE);
  readonly sizes = $derived.by(() => (this.#isCountedLate ? this.#lateSizes : this.#counted()));
  /** Whether there is more than a picture can hold at once. */
  readonly isLarge = $derived(this.#graph !== undefined && isLarge(this.#graph));
  readonly wish = $derived.by((): PictureWish => {
    const { focus, trail, namespaces, folded, unfolded, hidden, only, lines } = this.#viewed().place;
    const from = trail.at(-1) ?? null;
    return this.#keepWish({ focus, from, scope: namespaces, folded, unfolded, hidden, only, lines });
  });
  readonly kind = $derived.by((): PictureKind | null =>
    this.#graph ? kindOf(this.#graph, this.wish) : null,
  );
  /** What is open, of a large graph; null on its map. */
  readonly open = $derived.by(() => (this.#graph && this.isLarge ? focusOf(this.#graph, this.wish) : null));
  readonly foldedByItself = $derived.by((): ReadonlySet<string> => {
    const graph = this.#graph;
    const room = this.#roomSteps;
    if (!graph || this.isLarge || room === null) return NOTHING;
    const key = JSON.stringify([this.#scope, graph.by, room]);
    if (this.#folds.key !== key) {
      const view = { focus: null, hidden: new Set<string>(), successTarget: this.#successTarget };
      const asWhole = { folded: [], unfolded: [] };
      this.#folds = { key, names: foldsThatFit(graph, asWhole, view, room) };
    }
    return this.#folds.names;
  });

  constructor(viewed: () => Viewed, startWorker: () => Worker | null) {
    this.#viewed = viewed;
    this.#arrangement = new Arrangement(startWorker);
    $effect.pre(() => {
      if (this.#isPicture) untrack(() => this.#arrangement.prepare());
    });
    // A picture remembers places, so it is made by an effect and no derivation; before the page is drawn, so that both agree.
    $effect.pre(() => {
      void this.#tidied;
      const ask = this.#ask;
      if (ask) untrack(() => this.#arrangement.arrange(ask, this.#key(ask)));
    });
    $effect(() => {
      if (!this.#isCountedLate || !this.#graph) return;
      const counting = countingSizes(this.#graph, { successTarget: this.#successTarget });
      const countOn = () => {
        const { done, value } = counting.next();
        if (done) this.#lateSizes = value;
        else later = setTimeout(countOn);
      };
      let later = setTimeout(countOn);
      return () => clearTimeout(later);
    });
    $effect(() => () => this.#arrangement.stop());
  }

  #counted(): Sizes | null {
    return this.#graph ? toSizes(this.#graph, { successTarget: this.#successTarget }) : null;
  }

  get drawn(): Arranged | null {
    return this.#arrangement.drawn;
  }

  /** Of the widest line, so that widths can be told; 0 without requests. */
  get mostRps(): number {
    const { picture } = this.drawn ?? {};
    if (picture?.kind !== 'overview') return this.sizes?.mostRps ?? 0;
    return picture.overview.lines.reduce((most, { rps }) => Math.max(most, rps), 0);
  }

  get failure(): string | null {
    return this.#arrangement.failure;
  }

  /** Says how much room there is, as far as it is known. */
  measured(size: Partial<Size & { wholeWidth: number }>): void {
    this.#room = { ...this.#room, ...size };
  }

  /** Lays out anew, whatever stood where. */
  tidy(): void {
    this.#arrangement.forget();
    this.#tidied += 1;
  }

  // A picture that nobody sees is not made; one whose room is unknown would be made twice.
  readonly #ask = $derived.by((): PictureAsk | null => {
    const graph = this.#graph;
    if (!graph || !this.#isPicture) return null;
    const { width, height } = this.#room;
    if ((width === 0 || height === 0) && this.isLarge && canMeasure()) return null;
    const room = {
      width: Math.max(300, width - 2 * MARGIN),
      height: Math.max(200, height - STRIP - 2 * MARGIN),
    };
    return {
      graph,
      wish: this.wish,
      byItself: this.foldedByItself,
      room,
      successTarget: this.#successTarget,
    };
  });

  /** In steps, so that a few px more or less fold nothing, nor does a panel that comes; null while nothing was measured. */
  readonly #roomSteps = $derived.by(() => {
    const { wholeWidth: width, height } = this.#room;
    if (width === 0 || height === 0) return null;
    const step = (px: number) => Math.max(100, 100 * Math.round(px / 100));
    return { width: step(width), height: step(height) };
  });

  #key({ wish }: PictureAsk) {
    return {
      scope: JSON.stringify([this.#scope, this.#graph?.by, [...this.foldedByItself], this.kind]),
      focus: this.open ?? wish.focus,
      view: JSON.stringify([
        [...wish.folded].sort(),
        [...wish.unfolded].sort(),
        wish.only,
        wish.hidden,
        wish.lines,
      ]),
    };
  }
}

const NOTHING: ReadonlySet<string> = new Set();

function scopeOf({ cluster, namespaces }: Place): string {
  return JSON.stringify([cluster, [...namespaces].sort()]);
}

/** A document without a layout, as in tests, never says how much room there is. */
function canMeasure(): boolean {
  return document.documentElement.clientWidth > 0;
}
