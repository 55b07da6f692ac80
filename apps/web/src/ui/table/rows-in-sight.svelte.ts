// Where a long table is scrolled to, and which of its rows are therefore drawn: all of them on paper.

import { on } from 'svelte/events';
import { type RowWindow, rowWindow } from './row-window.ts';

/** How high a row is in every table. */
export const ROW_PX = 32;

export class RowsInSight {
  scrolledPx = $state(0);
  #heightPx = $state(0);
  #isPrinting = $state(false);

  /** Of so many rows. */
  drawn(rows: number): RowWindow {
    if (this.#isPrinting) return { from: 0, to: rows };
    return rowWindow(rows, this.scrolledPx, this.#heightPx, ROW_PX);
  }

  /** Attached to what scrolls. */
  follow = (scroller: HTMLElement) => {
    const observer = new ResizeObserver(() => {
      this.#heightPx = scroller.clientHeight;
    });
    observer.observe(scroller);
    const ends = [
      on(scroller, 'scroll', () => {
        this.scrolledPx = scroller.scrollTop;
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
      for (const end of ends) end();
    };
  };
}
