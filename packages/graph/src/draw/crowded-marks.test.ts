import { describe, expect, it } from 'vitest';
import type { PlacedLink } from '../layout/place.ts';
import type { MarkKind } from '../scene/mark-kind.ts';
import { crowdedMarks, type MarkFacts } from './crowded-marks.ts';
import type { Tone } from './encode.ts';
import { markDrawing } from './mark-shapes.ts';

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

const crowded = (facts: MarkFacts) => [...crowdedMarks(facts)].sort();

const PLAIN = ['plaintext', 'good'] as const;
const FAILING = ['plaintext', 'bad'] as const;

it('a crowded mark is drawn in its own size, and none is left out', () => {
  const { placed } = stack(18, [PLAIN]);
  const line = placed.get('0') as PlacedLink;
  expect(markDrawing(line, { securedShare: 0 }, 'middle').mark?.scale).toBeGreaterThan(1);
  expect(markDrawing(line, { securedShare: 0 }, 'middle', true).mark?.scale).toBe(1);
});

describe('crowdedMarks(facts)', () => {
  it('says which would touch a mark of more trouble', () => {
    expect(crowded(stack(18, [PLAIN, FAILING, PLAIN]))).toEqual(['0', '2']);
    expect(crowded(stack(18, [['unknown', 'good'], PLAIN]))).toEqual(['0']);
    expect(crowded(stack(18, [PLAIN, ['broken', 'bad']]))).toEqual(['0']);
  });

  it('names none where they have room, and from near', () => {
    expect(crowded(stack(24, [PLAIN, FAILING, PLAIN]))).toEqual([]);
    expect(crowded({ ...stack(18, [PLAIN, FAILING]), detail: 'near' })).toEqual([]);
  });

  it('lets grow what is lit, and what is selected', () => {
    expect(crowded({ ...stack(18, [PLAIN, FAILING]), lit: new Set(['0']) })).toEqual(['1']);
    expect(crowded({ ...stack(18, [PLAIN, FAILING]), selectedId: '0' })).toEqual(['1']);
  });

  it('does not count the quiet lock, which is not seen from afar', () => {
    expect(crowded(stack(8, [['secured', 'bad'], PLAIN]))).toEqual([]);
  });
});
