import { expect, it } from 'vitest';
import { baselineFirst } from './route-words.ts';

const backend = (name: string, weight: number | null, share: number | null = null) => ({
  target: `shop/service/${name}`,
  weight,
  share,
});
const order = (...backends: ReturnType<typeof backend>[]) =>
  baselineFirst(backends).map(({ target }) => target.split('/')[2]);

it.each([
  ['Flagger', 'web-canary', 'web-primary'],
  ['Argo Rollouts', 'web-canary', 'web-stable'],
  ['a preview', 'web-preview', 'web-active'],
  ['a canary of the Service itself', 'web-canary', 'web'],
])(
  'baselineFirst(backends) knows what is on trial by the names of %s, whatever the weights',
  (_, trial, true_) => {
    expect(order(backend(trial, 0.9), backend(true_, 0.1))).toEqual([true_, trial]);
    expect(order(backend(true_, 0.9), backend(trial, 0.1))).toEqual([true_, trial]);
  },
);

it('baselineFirst(backends) goes by weight, then by share, where names say nothing', () => {
  expect(order(backend('v2', 0.1), backend('v1', 0.9))).toEqual(['v1', 'v2']);
  expect(order(backend('v2', null, 0.1), backend('v1', null, 0.9))).toEqual(['v1', 'v2']);
});
