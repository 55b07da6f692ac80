import { expect, it } from 'vitest';
import { likelyShares, shareWords, splitFigure, weightText } from './edge-split.ts';

it('likelyShares(weight, requests) narrows with the count', () => {
  const [few, many] = [likelyShares(0.1, 50), likelyShares(0.1, 5_000)];
  expect(many.high - many.low).toBeLessThan(few.high - few.low);
  expect(many.low).toBeLessThan(0.1);
  expect(many.high).toBeGreaterThan(0.1);
});

it('weightText(weight) has decimals only where the weight has', () => {
  expect([0, 0.15, 0.2, 1 / 3, 1].map(weightText)).toEqual(['0 %', '15 %', '20 %', '33.3 %', '100 %']);
});

it('splitFigure(weighed) has the share only where chance does not explain it', () => {
  expect(splitFigure({ weight: 0.2, share: 0.22, requests: 300 })).toBe('weight 20 %');
  expect(splitFigure({ weight: 0.8, share: 0.3, requests: 300 })).toBe('weight 80 %, got 30.0 %');
  expect(splitFigure({ weight: 0.2, share: null, requests: 0 })).toBe('weight 20 %');
  expect(splitFigure({ weight: 0, share: 0, requests: 300 })).toBe('weight 0 %');
});

it('shareWords(weighed) names what chance alone makes', () => {
  expect(shareWords({ weight: 0.2, share: 0.21, requests: 300 })).toMatch(
    /^as configured: chance alone makes 13\.\d %/,
  );
  expect(shareWords({ weight: 0.2, share: 0.9, requests: 300 })).toMatch(
    /^not what is configured: with 300 requests/,
  );
  expect(shareWords({ weight: 0.2, share: null, requests: 0 })).toBe('');
});
