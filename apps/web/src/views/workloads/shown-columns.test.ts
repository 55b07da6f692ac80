import { describe, expect, it } from 'vitest';
import { chosenColumns, rememberedColumns, toggled } from './shown-columns.ts';

const CHOICES = ['pods', 'rate', 'p95'].map((name) => ({ name, label: name }));

describe('chosenColumns(asked, choices)', () => {
  it('are those of the address that there are', () => {
    expect(chosenColumns(['p95', 'colour'], CHOICES)).toEqual(new Set(['p95']));
  });

  it('are nobody’s choice where nothing is understood', () => {
    expect(chosenColumns([], CHOICES)).toBeNull();
    expect(chosenColumns(['colour'], CHOICES)).toBeNull();
  });
});

describe('toggled(shown, choices, name)', () => {
  it('takes one away and puts it back where it was', () => {
    expect(toggled(null, CHOICES, 'rate')).toEqual(['pods', 'p95']);
    expect(toggled(new Set(['pods', 'p95']), CHOICES, 'rate')).toEqual(['pods', 'rate', 'p95']);
  });

  it('leaves the last one', () => {
    expect(toggled(new Set(['rate']), CHOICES, 'rate')).toEqual(['rate']);
  });
});

describe('rememberedColumns(shelf)', () => {
  it('are none where something else is kept', () => {
    expect(rememberedColumns({ read: () => ({ a: 1 }), keep: () => 'yes' })).toEqual([]);
    expect(rememberedColumns({ read: () => ['rate', 4], keep: () => 'yes' })).toEqual(['rate']);
  });
});
