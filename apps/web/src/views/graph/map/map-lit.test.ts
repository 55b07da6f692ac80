import type { Line } from '@latchwork/graph/overview/line';
import { describe, expect, it } from 'vitest';
import { litCard } from './map-lit.ts';

const line = (source: string, target: string) =>
  ({ id: `${source}>${target}`, source, target, rank: 5, weight: 1, rps: 1 }) as Line;
const LINES = [line('a', 'hub'), line('b', 'hub'), line('a', 'b')];
const CHIPS = new Set(['a>hub', 'b>hub']);
const ids = (lines: readonly Line[]) => lines.map(({ id }) => id).sort();

describe('litCard(id, lines, chips)', () => {
  it('lights the cards of chips that are seen, and draws no line to them', () => {
    const lit = litCard('a', LINES, CHIPS);
    expect(ids(lit.lines)).toEqual(['a>b']);
    expect([...lit.cards].sort()).toEqual(['a', 'b', 'hub']);
    expect(litCard('hub', LINES, CHIPS).lines).toEqual([]);
    expect(litCard('hub', LINES, CHIPS).card).toBe('hub');
  });

  it('draws them where nobody sees chips', () => {
    expect(ids(litCard('a', LINES, new Set()).lines)).toEqual(['a>b', 'a>hub']);
    expect(ids(litCard('hub', LINES, new Set()).lines)).toEqual(['a>hub', 'b>hub']);
  });
});
