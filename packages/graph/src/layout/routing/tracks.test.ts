import { describe, expect, it } from 'vitest';
import { type Hop, PASS } from './routes.ts';
import { clashes, tracksOf } from './tracks.ts';

const alone = (links: number) => ({
  of: Int32Array.from({ length: links }, (_, i) => i),
  members: Array.from({ length: links }, (_, i) => [i]),
  share: new Float64Array(links).fill(1),
});
const hop = (link: number, from: number, to: number): Hop => ({ link, gap: 0, kind: PASS, from, to });
const order = (hops: Hop[]) => tracksOf(hops, alone(hops.length)).rises.map(({ links }) => links[0]);

describe('tracksOf(hops, units)', () => {
  it('nests links that fan out downwards: the lowest target leaves first', () => {
    expect(order([hop(0, 10, 100), hop(1, 20, 200)])).toEqual([1, 0]);
  });

  it('nests links that fan out upwards: the topmost target leaves first', () => {
    expect(order([hop(0, 190, 20), hop(1, 200, 100)])).toEqual([0, 1]);
  });

  it('never lets two links lie on one line when an order can avoid it', () => {
    const hops = [hop(0, 10, 100), hop(1, 100, 190)];
    expect(clashes(tracksOf(hops, alone(2)))).toEqual([]);
  });

  it('says when no order can: two links that swap their levels', () => {
    const hops = [hop(0, 10, 100), hop(1, 100, 10)];
    expect(clashes(tracksOf(hops, alone(2)))).toHaveLength(1);
  });

  it('lets rises that share no rows share a track', () => {
    expect(tracksOf([hop(0, 10, 40), hop(1, 100, 160)], alone(2))).toMatchObject({ track: [0, 0], count: 1 });
  });

  it('makes one trunk of a bundle', () => {
    const units = { of: Int32Array.of(0, 0), members: [[0, 1]], share: Float64Array.of(0.8, 0.8) };
    const { rises } = tracksOf([hop(0, 10, 100), hop(1, 190, 100)], units);
    expect(rises).toHaveLength(1);
    expect(rises[0]).toMatchObject({ links: [0, 1], low: 10, high: 190 });
  });

  it('gives a straight link no track', () => {
    expect(tracksOf([hop(0, 50, 50)], alone(1)).count).toBe(0);
  });
});
