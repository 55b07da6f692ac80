import { describe, expect, it } from 'vitest';
import { failedPercentText, percentText } from './percent.ts';

describe('failedPercentText', () => {
  it.each([
    [0.9463087, '94.6 %', '5.4 %'],
    [0.99974, '99.97 %', '0.03 %'],
    [1, '100 %', '0 %'],
    [0, '0 %', '100 %'],
    [0.0004, '< 0.1 %', '> 99.9 %'],
    [0.5, '50.0 %', '50.0 %'],
  ])('is the rest of what success says: %f', (rate, success, failed) => {
    expect(percentText(rate)).toBe(success);
    expect(failedPercentText(rate)).toBe(failed);
  });
});
