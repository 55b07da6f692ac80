import { expect, it } from 'vitest';
import { allFoldsChange } from './all-folds.ts';

it('allFoldsChange(isAllFolded, namespaces, byItself) folds all that is open, else opens all', () => {
  const namespaces = new Set(['shop', 'front']);
  expect(allFoldsChange(false, namespaces, false)).toEqual({ folded: ['front', 'shop'], unfolded: [] });
  expect(allFoldsChange(true, namespaces, false)).toEqual({ folded: [], unfolded: [] });
  expect(allFoldsChange(false, namespaces, true)).toEqual({ folded: [], unfolded: [] });
  expect(allFoldsChange(true, namespaces, true)).toEqual({ folded: [], unfolded: ['*'] });
});
