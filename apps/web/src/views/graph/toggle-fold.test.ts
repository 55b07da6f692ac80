import { foldedNow } from '@latchwork/graph/fold/folded-now';
import { describe, expect, it } from 'vitest';
import { toggleFold } from './toggle-fold.ts';

const open = { folded: [], unfolded: [] };

describe('toggleFold(place, namespace, byItself)', () => {
  it('folds and unfolds by hand, leaving nothing behind', () => {
    const folded = toggleFold(open, 'shop', new Set());
    expect(folded).toEqual({ folded: ['shop'], unfolded: [] });
    expect(toggleFold(folded, 'shop', new Set())).toEqual(open);
  });

  it('remembers what was opened although it would fold by itself', () => {
    const byItself = new Set(['shop']);
    const opened = toggleFold(open, 'shop', byItself);
    expect(opened).toEqual({ folded: [], unfolded: ['shop'] });
    expect(foldedNow(opened, byItself).size).toBe(0);
    expect(toggleFold(opened, 'shop', byItself)).toEqual(open);
  });
});
