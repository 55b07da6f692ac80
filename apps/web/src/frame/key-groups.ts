// Every key of the page, by where it works. In the Graph those of the shape on screen; elsewhere all of them. Pure.

import type { Shape } from '../location/parts/graph-part.ts';
import type { Place } from '../location/place.ts';

export interface KeyGroup {
  readonly where: string;
  /** Of the Graph in this shape alone. */
  readonly shape?: Shape;
  readonly keys: readonly (readonly [key: string, what: string])[];
}

export const KEY_GROUPS: readonly KeyGroup[] = [
  {
    where: 'Everywhere',
    keys: [
      ['/ or Ctrl K', 'find a workload, namespace or identity'],
      ['?', 'these keys'],
      ['Esc', 'close what is open, then one step back'],
    ],
  },
  {
    where: 'Graph',
    keys: [
      ['p', 'what needs attention'],
      ['x', 'find in the graph by an expression'],
      ['t', 'the same as a table, and back'],
      ['m', 'the same as a matrix, and back'],
    ],
  },
  {
    where: 'Picture',
    shape: 'picture',
    keys: [
      ['+ and −', 'zoom'],
      ['0', 'fit everything'],
    ],
  },
  {
    where: 'A card of the picture',
    shape: 'picture',
    keys: [
      ['arrows', 'to the next card'],
      ['e', 'through its edges, one by one'],
      ['Enter', 'open it, or the edge'],
      ['f', 'the neighbourhood of a workload alone'],
      ['h', 'hide a workload'],
      ['Shift F10', 'what can be done with it, or with the edge'],
    ],
  },
  {
    where: 'Matrix',
    shape: 'matrix',
    keys: [
      ['+ and −', 'larger and smaller cells'],
      ['0', 'fit everything'],
    ],
  },
  {
    where: 'A cell of the matrix',
    shape: 'matrix',
    keys: [
      ['arrows', 'to the next cell'],
      ['Ctrl arrows', 'to the next call'],
      ['Page ↑ ↓', 'a page up or down'],
      ['Home, End', 'to the ends of a row; with Ctrl to the corners'],
      ['Enter', 'open the edge'],
      ['f', 'fold the box of the row'],
      ['Shift F', 'fold all boxes, or open all'],
    ],
  },
];

export function keyGroups({ view, shape }: Pick<Place, 'view' | 'shape'>): readonly KeyGroup[] {
  if (view !== 'graph') return KEY_GROUPS;
  return KEY_GROUPS.filter((group) => group.shape === undefined || group.shape === shape);
}
