// The figure that labels show. Most readers never choose another than the rate: what tells it is loaded with the first one.

import { type LinkFigure, linkFigure } from '@latchwork/figures/link-figure';
import type { Targets } from '@latchwork/figures/targets';
import type { Link } from '@latchwork/graph/scene/link';

type Tell = typeof import('@latchwork/figures/chosen-figure').chosenFigure;

export class ChosenFigure {
  readonly #figure: () => LinkFigure;
  #tell = $state.raw<Tell>();
  #isLost = $state(false);

  constructor(figure: () => LinkFigure) {
    this.#figure = figure;
    $effect(() => {
      if (figure() !== 'rate' && !this.#tell) void this.#load();
    });
  }

  /** The rate is told instead. */
  get isLost(): boolean {
    return this.#isLost && this.#figure() !== 'rate';
  }

  textOf(link: Link, targets: Targets): string {
    return this.#tell?.(link, this.#figure(), targets) ?? linkFigure(link);
  }

  async #load(): Promise<void> {
    try {
      this.#tell = (await import('@latchwork/figures/chosen-figure')).chosenFigure;
    } catch {
      this.#isLost = true;
    }
  }
}

type Make = typeof import('@latchwork/graph/draw/edge-labels').edgeLabels;

/** Most lines carry no figure until somebody points at them: what finds room for one is loaded then. */
export class EdgeLabels {
  #make = $state.raw<Make>();
  #isLost = $state(false);

  constructor(isWanted: () => boolean) {
    $effect(() => {
      if (isWanted() && !this.#make) void this.#load();
    });
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  of(facts: Parameters<Make>[0]): ReturnType<Make> {
    return this.#make?.(facts) ?? [];
  }

  async #load(): Promise<void> {
    try {
      this.#make = (await import('@latchwork/graph/draw/edge-labels')).edgeLabels;
    } catch {
      this.#isLost = true;
    }
  }
}
