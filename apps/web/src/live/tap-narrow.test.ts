import { describe, expect, it } from 'vitest';
import { tapped } from '../test-data/tap.ts';
import { isOfNarrow, narrowParams, narrowText, parseTapNarrow, TAP_ALL } from './tap-narrow.ts';

const ROW = {
  source: 'shop/deployment/web',
  target: 'shop/deployment/reviews',
  method: 'GET',
  route: '/reviews/{id}',
};

describe('parseTapNarrow(text) and narrowText(narrow)', () => {
  it.each([
    ROW,
    { ...ROW, source: null },
    { ...ROW, method: null, route: null },
    { ...ROW, route: '/a b/{id}' },
    { source: null, target: null, method: null, route: null },
  ])('bring %j back as it was', (narrow) => {
    expect(parseTapNarrow(narrowText(narrow))).toEqual(narrow);
  });

  it('narrow nothing where all are asked for', () => {
    expect(parseTapNarrow(TAP_ALL)).toBeNull();
    expect(parseTapNarrow('nonsense of old')).toBeNull();
  });
});

describe('narrowParams(narrow)', () => {
  it('lets the proxies leave out what they can tell', () => {
    expect(narrowParams(ROW)).toEqual({ method: 'GET', path: '/reviews/' });
    expect(narrowParams({ ...ROW, route: '/{id}' })).toEqual({ method: 'GET' });
    expect(narrowParams({ ...ROW, method: null, route: null })).toEqual({});
  });
});

describe('isOfNarrow(narrow, request)', () => {
  it('takes the requests of the row alone', () => {
    expect(isOfNarrow(ROW, tapped())).toBe(true);
    expect(isOfNarrow(ROW, tapped({ method: 'POST' }))).toBe(false);
    expect(isOfNarrow(ROW, tapped({ route: '/reviews/{id}/votes' }))).toBe(false);
    const from = { id: null, label: 'worker-1', namespace: null };
    expect(isOfNarrow(ROW, tapped({ from }))).toBe(false);
    expect(isOfNarrow({ ...ROW, source: 'worker-1' }, tapped({ from }))).toBe(true);
  });
});
