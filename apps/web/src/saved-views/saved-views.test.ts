import { describe, expect, it } from 'vitest';
import { HOME } from '../location/place.ts';
import { nameIn, parseViews, placeOf, renamedView, searchOf, withoutView, withView } from './saved-views.ts';

const SLOW = { name: 'slow', search: '?view=workloads&filter=p95%3E500ms' };
const FLEET = { name: 'fleet', search: '?namespace=fleet' };

describe('parseViews(kept)', () => {
  it('reads what it can, whoever wrote it', () => {
    expect(parseViews(null)).toEqual([]);
    expect(parseViews({ slow: '' })).toEqual([]);
    expect(parseViews([SLOW, null, 'x', { name: '', search: '' }, { name: 'half' }])).toEqual([SLOW]);
  });
});

describe('searchOf(place) and placeOf(view, own)', () => {
  it('bring the place back, in the light of whoever opens it', () => {
    const place = { ...HOME, view: 'workloads', filter: 'p95>500ms', theme: 'dark' } as const;
    expect(searchOf(place)).toBe(SLOW.search);
    expect(placeOf(SLOW, { theme: 'light' })).toEqual({ ...place, theme: 'light' });
  });
});

describe('lists of views', () => {
  it('take a new one at the end, and one of the same name in its place', () => {
    expect(withView([SLOW], FLEET)).toEqual([SLOW, FLEET]);
    expect(withView([SLOW, FLEET], { ...SLOW, search: '' })).toEqual([{ ...SLOW, search: '' }, FLEET]);
  });

  it('rename one, but never to the name of another', () => {
    expect(renamedView([SLOW, FLEET], 'slow', 'too slow')?.map(({ name }) => name)).toEqual([
      'too slow',
      'fleet',
    ]);
    expect(renamedView([SLOW, FLEET], 'slow', 'fleet')).toBeNull();
    expect(renamedView([SLOW, FLEET], 'slow', 'slow')).toEqual([SLOW, FLEET]);
  });

  it('lose one by its name', () => {
    expect(withoutView([SLOW, FLEET], 'slow')).toEqual([FLEET]);
  });

  it('have names of one line', () => {
    expect(nameIn('  all of\n fleet ')).toBe('all of fleet');
    expect(nameIn('x'.repeat(200))).toHaveLength(60);
  });
});
