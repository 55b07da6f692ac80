import { describe, expect, it } from 'vitest';
import { allFoldsChange, foldChange, foldedByItself, foldedInMatrix, isAllFolded } from './all-folds.ts';

const namespaces = new Set(['shop', 'front']);
const NOTHING: ReadonlySet<string> = new Set();
const at = (focus: string | null, folded: string[] = [], unfolded: string[] = []) => ({
  focus,
  folded,
  unfolded,
});

it('allFoldsChange(isAllFolded, namespaces, byItself) folds all that is open, else opens all', () => {
  expect(allFoldsChange(false, namespaces, false)).toEqual({ folded: ['front', 'shop'], unfolded: [] });
  expect(allFoldsChange(true, namespaces, false)).toEqual({ folded: [], unfolded: [] });
  expect(allFoldsChange(false, namespaces, true)).toEqual({ folded: [], unfolded: [] });
  expect(allFoldsChange(true, namespaces, true)).toEqual({ folded: [], unfolded: ['*'] });
});

it('foldedByItself(place, namespaces, isLarge) folds those of a large graph, but not the only one', () => {
  expect(foldedByItself(at(null), namespaces, true)).toEqual(namespaces);
  expect(foldedByItself(at(null), namespaces, false)).toEqual(NOTHING);
  expect(foldedByItself(at(null, [], ['*']), namespaces, true)).toEqual(NOTHING);
  expect(foldedByItself(at(null), new Set(['shop']), true)).toEqual(NOTHING);
});

it('isAllFolded(namespaces, folded, focus) asks nothing of the namespace that is looked at', () => {
  expect(isAllFolded(namespaces, foldedInMatrix(at('shop'), namespaces), 'shop')).toBe(true);
  expect(isAllFolded(namespaces, new Set(['shop']), null)).toBe(false);
});

describe('foldChange(place, namespace, byItself)', () => {
  it('leaves the namespace that a large graph has open', () => {
    const change = { focus: null, trail: [], unfolded: ['front'] };
    expect(foldChange(at('shop', [], ['shop', 'front']), 'shop', namespaces)).toEqual(change);
    expect(foldedInMatrix({ ...at('shop'), ...change }, namespaces)).toEqual(new Set(['shop']));
  });

  it('opens it again where it was folded by hand, and folds where nothing folds by itself', () => {
    expect(foldChange(at('shop', ['shop']), 'shop', namespaces)).toEqual({ folded: [], unfolded: ['shop'] });
    expect(foldChange(at('shop'), 'shop', NOTHING)).toEqual({ folded: ['shop'], unfolded: [] });
  });

  it('folds and opens all others by hand', () => {
    expect(foldChange(at('shop'), 'front', namespaces)).toEqual({ folded: [], unfolded: ['front'] });
  });
});
