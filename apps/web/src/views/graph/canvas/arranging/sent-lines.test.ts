import type { Picture, PictureWish } from '@latchwork/graph/fold/picture-shape';
import { expect, it } from 'vitest';
import { KeptLines, SentLines } from './sent-lines.ts';

const LINES = [{ id: 'a>b' }];
const map = (lines: unknown[] = LINES) => ({ kind: 'overview', overview: { lines } }) as unknown as Picture;
const asked = (wish: Partial<PictureWish> = {}) => ({ wish: wish as PictureWish, successTarget: 0.99 });
const linesOf = (picture: Picture) => (picture.kind === 'overview' ? picture.overview.lines : null);

it('sends lines once for a graph and what is left out of it, and the page has them each time', () => {
  const sent = new SentLines();
  const kept = new KeptLines();
  const first = sent.without(map(), asked());
  expect(linesOf(first.picture)).toBe(LINES);
  expect(linesOf(kept.whole(first))).toBe(LINES);
  const second = sent.without(map([{ id: 'the same, made anew' }]), asked({ lines: 'all' }));
  expect(linesOf(second.picture)).toEqual([]);
  expect(linesOf(kept.whole(second))).toBe(LINES);
});

it('sends them again where they may be others', () => {
  const sent = new SentLines();
  sent.without(map(), asked());
  expect(sent.without(map(), asked({ only: 'problems' })).sameLines).toBe(false);
  expect(sent.without(map(), asked({ only: 'problems', hidden: ['a'] })).sameLines).toBe(false);
  expect(
    sent.without(map(), { ...asked({ only: 'problems', hidden: ['a'] }), successTarget: 0.9 }).sameLines,
  ).toBe(false);
  sent.forget();
  expect(
    sent.without(map(), { ...asked({ only: 'problems', hidden: ['a'] }), successTarget: 0.9 }).sameLines,
  ).toBe(false);
});
