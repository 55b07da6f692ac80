// The figures that stand on lines, as far as hardly anybody asks for them: another one than the rate, and those of the many
// lines that carry none until somebody points at them.

import { type LinkFigure, linkFigure } from '@latchwork/figures/link-figure';
import type { Targets } from '@latchwork/figures/targets';
import type { Link } from '@latchwork/graph/scene/link';
import { LatePart } from '../../../../ui/late-part.svelte.ts';

type Tell = typeof import('@latchwork/figures/chosen-figure').chosenFigure;

export class ChosenFigure {
  readonly #figure: () => LinkFigure;
  readonly #tell: LatePart<Tell>;

  constructor(figure: () => LinkFigure) {
    this.#figure = figure;
    this.#tell = new LatePart(
      () => figure() !== 'rate',
      async () => (await import('@latchwork/figures/chosen-figure')).chosenFigure,
    );
  }

  /** The rate is told instead. */
  get isLost(): boolean {
    return this.#tell.isLost && this.#figure() !== 'rate';
  }

  textOf(link: Link, targets: Targets): string {
    return this.#tell.loaded?.(link, this.#figure(), targets) ?? linkFigure(link);
  }
}

type Make = typeof import('@latchwork/graph/draw/edge-labels').edgeLabels;

/** What finds room for a figure. */
export class EdgeLabels {
  readonly #make: LatePart<Make>;

  constructor(isWanted: () => boolean) {
    this.#make = new LatePart(
      isWanted,
      async () => (await import('@latchwork/graph/draw/edge-labels')).edgeLabels,
    );
  }

  get isLost(): boolean {
    return this.#make.isLost;
  }

  of(facts: Parameters<Make>[0]): ReturnType<Make> {
    return this.#make.loaded?.(facts) ?? [];
  }
}
