import { describe, expect, it } from 'vitest';
import { named } from './named.ts';

describe('named(names, most)', () => {
  it('names all of a few, and counts what it leaves out', () => {
    expect(named(['a', 'b'])).toBe('a, b');
    expect(named(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c, d, e');
    expect(named(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('a, b, c, d, e and 2 more');
    expect(named(['a', 'b', 'c'], 1)).toBe('a and 2 more');
    expect(named([])).toBe('');
  });
});
