import { describe, expect, it } from 'vitest';
import { rateDomain, sparkline, successDomain } from './sparkline.ts';

const SIZE = { width: 72, height: 18 };

describe('sparkline(points)', () => {
  it('draws the least at the bottom and the most at the top, left to right', () => {
    const { line, last } = sparkline([0, 5, 10], { ...SIZE, domain: [0, 10] });
    expect(line).toBe('M2 16L36 9L70 2');
    expect(last).toEqual({ x: 70, y: 2 });
  });

  it('leaves a gap where there is no data, and no last point without a newest value', () => {
    const { line, area, last } = sparkline([1, null, 1, 1, null], { ...SIZE, domain: [0, 1] });
    expect(line.match(/M/g)).toHaveLength(2);
    expect(area.match(/z/g)).toHaveLength(2);
    expect(last).toBeNull();
  });

  it('draws nothing of nothing, and zeros on the ground', () => {
    expect(sparkline([], { ...SIZE, domain: [0, 1] })).toEqual({ line: '', area: '', last: null });
    expect(sparkline([0, 0], { ...SIZE, domain: rateDomain([0, 0]) }).line).toBe('M2 16L70 16');
  });
});

describe('domains', () => {
  it('start rates at zero and end success at one', () => {
    expect(rateDomain([null, 10])).toEqual([0, 11]);
    expect(successDomain([1, null])).toEqual([0.9, 1]);
    expect(successDomain([0.5])).toEqual([0.5, 1]);
  });
});
