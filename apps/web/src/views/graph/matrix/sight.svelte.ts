// Where a matrix is scrolled to, what is seen of it there, and how something comes into sight.

import { type MatrixSight, type MatrixSizes, toSight, wholeSize } from '@latchwork/graph/matrix/sizes';
import type { CellPlace } from '@latchwork/graph/matrix/steps';

export class Sight {
  left = $state(0);
  top = $state(0);
  width = $state(0);
  height = $state(0);
  #scroller: HTMLElement | null = null;

  attach = (element: HTMLElement) => {
    this.#scroller = element;
    this.scrolled(); // a new one begins at its upper left
    return () => {
      this.#scroller = null;
    };
  };

  scrolled(): void {
    if (!this.#scroller) return;
    this.left = Math.max(0, this.#scroller.scrollLeft);
    this.top = Math.max(0, this.#scroller.scrollTop);
  }

  seenOf(sizes: MatrixSizes): MatrixSight {
    const whole = wholeSize(sizes);
    const left = Math.max(0, Math.min(this.left, whole.width - this.width));
    const top = Math.max(0, Math.min(this.top, whole.height - this.height));
    return toSight(sizes, { left, top, width: this.width, height: this.height });
  }

  scrollTo(left: number, top: number): void {
    this.#scroller?.scrollTo({ left, top });
    this.scrolled();
  }

  /** Scrolls as little as it takes for the cell to be seen, with a cell more around it. */
  reveal(sizes: MatrixSizes, { row, column }: CellPlace): void {
    const seen = this.seenOf(sizes);
    const { rowEdges, columnEdges, cell } = sizes;
    this.scrollTo(
      within(seen.left, seen.width, columnEdges[column]! - cell.width, columnEdges[column + 1]! + cell.width),
      within(seen.top, seen.height, rowEdges[row]! - cell.height, rowEdges[row + 1]! + cell.height),
    );
  }
}

function within(from: number, px: number, first: number, last: number): number {
  return Math.max(0, Math.min(Math.max(from, last - px), first));
}
