import { describe, expect, it } from 'vitest';
import { pauseSeconds, widenWindow } from './pace.ts';

describe('widenWindow(asked, interval): truth rule 6', () => {
  it('holds at least four scrapes', () => {
    expect(widenWindow(60, 10)).toBe(60);
    expect(widenWindow(60, 15)).toBe(60);
    expect(widenWindow(60, 15.1)).toBe(61);
    expect(widenWindow(60, 60)).toBe(240);
    expect(widenWindow(10, 2)).toBe(10);
  });

  it('stays as asked where the interval is unknown', () => {
    expect(widenWindow(10, null)).toBe(10);
  });
});

describe('pauseSeconds(round)', () => {
  it('is the scrape interval, or longer for a slow store', () => {
    expect(pauseSeconds({ intervalSeconds: 10, tookSeconds: 0.1, failed: false })).toBe(10);
    expect(pauseSeconds({ intervalSeconds: 10, tookSeconds: 9, failed: false })).toBe(18);
    expect(pauseSeconds({ intervalSeconds: null, tookSeconds: 0, failed: false })).toBe(5);
  });

  it('is short while the store is gone, and never shorter than a hanging one takes', () => {
    expect(pauseSeconds({ intervalSeconds: 10, tookSeconds: 0, failed: true })).toBe(2);
    expect(pauseSeconds({ intervalSeconds: 1, tookSeconds: 0, failed: true })).toBe(1);
    expect(pauseSeconds({ intervalSeconds: 10, tookSeconds: 15, failed: true })).toBe(30);
  });
});
