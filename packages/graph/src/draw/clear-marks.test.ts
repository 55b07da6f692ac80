import { describe, expect, it } from 'vitest';
import type { PlacedLink } from '../layout/place.ts';
import type { MarkKind } from '../scene/mark-kind.ts';
import { type MarkFacts, marksInTheWay } from './clear-marks.ts';
import type { Tone } from './encode.ts';

/** Marks one below the other, `apart` px from middle to middle, as ports of one card are. */
function stack(apart: number, marks: readonly (readonly [MarkKind, Tone])[]): MarkFacts {
  const links = marks.map(([mark, tone], at) => ({ id: `${at}`, mark, tone }));
  const placed = links.map(({ id, mark }, at): [string, PlacedLink] => [
    id,
    {
      id,
      points: [],
      mark: { kind: mark, x: 0, y: at * apart, width: 22, height: 17 },
      refusedMark: null,
      splitMark: null,
      bundle: null,
    },
  ]);
  return { links, placed: new Map(placed), detail: 'middle', selectedId: null, lit: null };
}

const left = (facts: MarkFacts) => [...marksInTheWay(facts)].sort();

const PLAIN = ['plaintext', 'good'] as const;
const FAILING = ['plaintext', 'bad'] as const;

describe('marksInTheWay(facts)', () => {
  it('leaves out what touches a mark of more trouble', () => {
    expect(left(stack(18, [PLAIN, FAILING, PLAIN]))).toEqual(['0', '2']);
    expect(left(stack(18, [['unknown', 'good'], PLAIN]))).toEqual(['0']);
    expect(left(stack(18, [PLAIN, ['broken', 'bad']]))).toEqual(['0']);
  });

  it('leaves all of them where they have room, and from near', () => {
    expect(left(stack(24, [PLAIN, FAILING, PLAIN]))).toEqual([]);
    expect(left({ ...stack(18, [PLAIN, FAILING]), detail: 'near' })).toEqual([]);
  });

  it('keeps what is lit, and what is selected', () => {
    expect(left({ ...stack(18, [PLAIN, FAILING]), lit: new Set(['0']) })).toEqual(['1']);
    expect(left({ ...stack(18, [PLAIN, FAILING]), selectedId: '0' })).toEqual(['1']);
  });

  it('does not count the quiet lock, which is not seen from afar', () => {
    expect(left(stack(8, [['secured', 'bad'], PLAIN]))).toEqual([]);
  });
});
