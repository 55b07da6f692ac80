import { expect, it } from 'vitest';
import { type PaintedLine, withLit } from './painted-lines.ts';

const painted = (ids: string) => [...ids].map((id) => ({ id }) as PaintedLine);
const ids = (lines: readonly PaintedLine[]) => lines.map(({ id }) => id).join('');

it('has what is lit at once, over what waits for its turn', () => {
  expect(ids(withLit(painted('ab'), painted('abcde'), null))).toBe('ab');
  expect(ids(withLit(painted('ab'), painted('abcde'), new Set(['a', 'd'])))).toBe('bad');
});
