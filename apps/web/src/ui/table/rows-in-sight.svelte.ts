// Where a long table or list is scrolled to, and which of its rows are therefore drawn: all of them on paper.

import { on } from 'svelte/events';
import { DRAW_ALL, type RowWindow, rowWindow } from './row-window.ts';

/** How high a row is in every table. */
export const ROW_PX = 32;

export class RowsInSight {
  scrolledPx = $state(0);
  #heightPx = $state(0);
  #isPrinting = $state(false);
  /** What is in sight is seen first, then comes the rest of a table that is not long. */
  #isThere = $state(false);
  readonly #rowPx: number;

  constructor(rowPx = ROW_PX) {
    this.#rowPx = rowPx;
  }

  /** Of so many rows. */
  drawn(rows: number): RowWindow {
    if (this.#isPrinting) return { from: 0, to: rows };
    const drawAll = this.#isThere ? DRAW_ALL : 0;
    return rowWindow(rows, this.scrolledPx, this.#heightPx, this.#rowPx, drawAll);
  }

  /** Attached to what scrolls. */
  follow = (scroller: HTMLElement) => this.#follow(scroller, () => scroller.scrollTop);

  /** Attached to a list that scrolls together with what is above it. */
  followList = (list: HTMLElement) => {
    const scroller = scrollerOf(list);
    if (!scroller) return;
    const above = () => scroller.getBoundingClientRect().top - list.getBoundingClientRect().top;
    const end = this.#follow(scroller, () => Math.max(0, above()));
    this.scrolledPx = Math.max(0, above());
    return end;
  };

  #follow(scroller: HTMLElement, scrolledPx: () => number) {
    const observer = new ResizeObserver(() => {
      this.#heightPx = scroller.clientHeight;
    });
    observer.observe(scroller);
    let later: ReturnType<typeof setTimeout> | undefined;
    const seen = requestAnimationFrame(() => {
      later = setTimeout(() => {
        this.#isThere = true;
      });
    });
    const ends = [
      on(scroller, 'scroll', () => {
        this.scrolledPx = scrolledPx();
      }),
      on(window, 'beforeprint', () => {
        this.#isPrinting = true;
      }),
      on(window, 'afterprint', () => {
        this.#isPrinting = false;
      }),
    ];
    return () => {
      observer.disconnect();
      cancelAnimationFrame(seen);
      clearTimeout(later);
      for (const end of ends) end();
    };
  }
}

function scrollerOf(list: HTMLElement): HTMLElement | null {
  for (let at = list.parentElement; at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return null;
}
