import type { RoutePast } from '@latchwork/shared/routes/route-past';
import { expect, it } from 'vitest';
import { changeAt, drawnShares, pastShares, sinceCounted } from './route-past.ts';

const PAST: RoutePast = {
  ...{ start: '2026-11-23T15:00:00.000Z', stepSeconds: 60 },
  backends: [
    { target: 'a/service/stable', rps: [9, 5, null, 0], successRate: [1, 1, null, null] },
    { target: 'a/service/canary', rps: [1, 5, null, 0], successRate: [1, 0.5, null, null] },
  ],
};

it('pastShares(past) has no share where nothing was asked', () => {
  expect(pastShares(PAST).map(({ share }) => share)).toEqual([
    [0.9, 0.5, null, null],
    [0.1, 0.5, null, null],
  ]);
});

it('drawnShares(past, order, most) has what the route has now before what it had', () => {
  const old = { target: 'a/service/before', rps: [0, 0, null, 0], successRate: [1, 1, null, null] };
  const past = { ...PAST, backends: [old, ...PAST.backends] };
  const { drawn, rest } = drawnShares(past, ['a/service/canary', 'a/service/stable'], 2);
  expect(drawn.map(({ target }) => target)).toEqual(['a/service/canary', 'a/service/stable']);
  expect(rest.map(({ target }) => target)).toEqual(['a/service/before']);
});

it('sinceCounted(past) begins where somebody asked first', () => {
  const before = { start: '2026-11-23T14:58:00.000Z', stepSeconds: 60 };
  const backends = PAST.backends.map(({ target, rps, successRate }) => ({
    target,
    rps: [null, 0, ...rps],
    successRate: [null, null, ...successRate],
  }));
  expect(sinceCounted({ ...before, backends })).toEqual(PAST);
  expect(sinceCounted(PAST)).toBe(PAST);
  const never = [{ target: 'a/service/stable', rps: [null, 0], successRate: [null, null] }];
  expect(sinceCounted({ ...before, backends: never })).toEqual({ ...before, backends: never });
});

it('changeAt(past, since) is a place in it, or none', () => {
  expect(changeAt(PAST, '2026-11-23T15:01:30Z')).toBe(0.5);
  expect(changeAt(PAST, '2026-11-22T15:01:30Z')).toBeNull();
});
