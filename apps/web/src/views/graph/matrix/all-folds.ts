// What is folded in a matrix, and folding of one or of all boxes as a change of place.

import { type Folds, foldedNow } from '@latchwork/graph/fold/folded-now';
import type { Place } from '../../../location/place.ts';
import { toggleFold } from '../toggle-fold.ts';

/** Among the unfolded: all of them. No box has such a name. */
const ALL = '*';

type FoldPlace = Folds & Pick<Place, 'focus'>;

/** Boxes that are folded where the address says nothing. A single one would be all there is to see. */
export function foldedByItself(
  { unfolded }: Pick<Folds, 'unfolded'>,
  boxes: ReadonlySet<string>,
  isLarge: boolean,
): ReadonlySet<string> {
  return isLarge && boxes.size > 1 && !unfolded.includes(ALL) ? boxes : new Set();
}

/** Whoever looks at a box wants to see into it, unless they folded it by hand. */
export function foldedInMatrix(place: FoldPlace, byItself: ReadonlySet<string>): Set<string> {
  const names = foldedNow(place, byItself);
  if (place.focus !== null && !place.folded.includes(place.focus)) names.delete(place.focus);
  return names;
}

/** The one that is looked at stays open, so all others may be all. */
export function isAllFolded(
  boxes: ReadonlySet<string>,
  folded: ReadonlySet<string>,
  focus: string | null,
): boolean {
  return [...boxes].every((name) => name === focus || folded.has(name));
}

/** `byItself`: boxes are folded where the address says nothing. */
export function allFoldsChange(isAllFolded: boolean, boxes: ReadonlySet<string>, byItself: boolean): Folds {
  if (isAllFolded) return { folded: [], unfolded: byItself ? [ALL] : [] };
  return { folded: byItself ? [] : [...boxes].sort(), unfolded: [] };
}

/** What is open because it is looked at is folded by looking at all again. */
export function foldChange(place: FoldPlace, box: string, byItself: ReadonlySet<string>): Partial<Place> {
  const isOpen = !foldedInMatrix(place, byItself).has(box);
  if (!isOpen || box !== place.focus || !byItself.has(box)) return toggleFold(place, box, byItself);
  return { focus: null, trail: [], unfolded: place.unfolded.filter((name) => name !== box) };
}
