// Stands in for d3-transition and d3-interpolate, of which d3-zoom needs no more than this where nobody asks for a
// transition: the picture moves by CSS. Saves a tenth of the first load.

import { selection } from 'd3-selection';

export function interrupt(): void {
  // Nothing is ever on its way.
}

export function interpolateZoom(): never {
  throw new Error('the picture moves by CSS: d3-zoom has no transitions here');
}

Object.assign(selection.prototype, {
  interrupt<T>(this: T): T {
    return this;
  },
});
