import { describe, expect, it } from 'vitest';
import { recordedGraph } from '../quality/recordings.ts';
import type { Card } from './card.ts';
import { factsOf, lockPercent, percentText, rateText } from './facts.ts';
import { toScene } from './scene.ts';

const scene = toScene(recordedGraph());
const targets = { successTarget: 0.99, latencyTargetMs: 1000 };
const textOf = (id: string, calls = true, card?: Partial<Card>) =>
  factsOf({ ...scene.cards.find((each) => each.id === id)!, ...card }, calls, targets)
    .map(({ value, unit }) => value + unit)
    .join(', ');

describe('factsOf(card, calls, targets)', () => {
  it('is the rate and the latency of a healthy workload', () => {
    expect(textOf('storefront/deployment/gateway')).toMatch(/^14\.4\/s, \d+ ms$/);
  });

  it('is the success instead when that is below its target', () => {
    expect(textOf('storefront/deployment/reviews')).toMatch(/^6\.54\/s, 94\.2 %$/);
  });

  it('says what a card without requests does', () => {
    expect(textOf('backoffice/job/report')).toBe('calls out only');
    expect(textOf('backoffice/job/report', false)).toBe('no traffic');
    expect(textOf('fulfilment/statefulset/broker')).toMatch(/^2 conns, \d+ B\/s$/);
    expect(textOf('storefront/service/recommender')).toBe('no endpoints');
  });

  it('says that a workload has no proxy', () => {
    expect(textOf('legacy/deployment/erp')).toBe('2.38/s, no proxy');
  });

  it('counts the hosts outside, without the ones that were refused', () => {
    expect(textOf('external')).toBe('0.88/s to 2 hosts');
  });
});

it('rateText(rps) has three digits', () => {
  expect([0.97, 6.382, 13.84, 100.4, 12_345].map(rateText)).toEqual(['0.97', '6.38', '13.8', '100', '12.3k']);
});

it('percentText(share) never rounds up to all', () => {
  expect([1, 0.99996, 0.9951, 0.964].map(percentText)).toEqual(['100', '99.99', '99.51', '96.4']);
});

it('lockPercent(share) never makes nothing or all of a part', () => {
  expect([0, 0.001, 0.44, 0.999, 1].map(lockPercent)).toEqual([0, 1, 44, 99, 100]);
});
