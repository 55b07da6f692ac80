import { describe, expect, it } from 'vitest';
import { figureText } from './figure.ts';
import { spokenSuccess, toldSuccess } from './success.ts';

const judge = { successTarget: 0.99 };

function counted(failures: number, requests: number) {
  return { requests, failures, successRate: (requests - failures) / requests };
}

function told(failures: number, requests: number): [string, string] {
  const success = toldSuccess(counted(failures, requests), judge);
  if (!success) throw new Error('nothing is told');
  return [figureText(success.figure), success.tone];
}

describe('toldSuccess(counted, judge)', () => {
  it('tells small numbers as counts, without a colour', () => {
    expect(told(1, 14)).toEqual(['1 of 14 failed', 'few']);
    expect(told(2, 116)).toEqual(['2 of 116 failed', 'few']);
    expect(told(0, 14)).toEqual(['all 14', 'good']);
  });

  it('gives a colour where the count carries it', () => {
    expect(told(3, 40)).toEqual(['92.5 %', 'warn']);
    expect(told(64, 766)).toEqual(['91.6 %', 'bad']);
    expect(told(0, 840)).toEqual(['100 %', 'good']);
  });

  it('does not flip between red and green with one failure a minute', () => {
    const tones = [0, 1, 0, 1].map((failed) => told(failed, 14)[1]);
    expect(tones).not.toContain('bad');
    expect(tones).not.toContain('warn');
  });

  it('rounds in the direction of its colour', () => {
    expect(told(10_220, 1_000_000)).toEqual(['98.9 %', 'warn']);
    expect(told(50_210, 1_000_000)[0]).toBe('94.9 %');
    expect(told(9_990, 1_000_000)).toEqual(['99.0 %', 'good']);
    expect(told(1, 10_000_000)).toEqual(['99.99 %', 'good']);
  });

  it('is nothing where nobody told how requests ended', () => {
    expect(toldSuccess({ requests: 3, failures: 0, successRate: null }, judge)).toBeNull();
  });

  it('is read aloud in full words', () => {
    const spoken = (failures: number, requests: number) => {
      const success = toldSuccess(counted(failures, requests), judge);
      return success && spokenSuccess(success);
    };
    expect(spoken(60, 600)).toBe('90.0 percent success');
    expect(spoken(0, 12)).toBe('all 12 succeeded');
    expect(spoken(1, 12)).toBe('1 of 12 failed');
  });
});
