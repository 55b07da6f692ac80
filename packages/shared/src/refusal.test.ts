import { describe, expect, it } from 'vitest';
import { isAllRefused, sharedRefusal } from './refusal.ts';

const refused = (rate: number) => ({ authorization: rate, route: 0, rateLimit: 0, egress: 0 });
const http = (rps: number) => ({
  rps,
  successRate: 1,
  requests: rps * 60,
  failures: 0,
  p50Ms: null,
  p95Ms: null,
  p99Ms: null,
  securedShare: 1,
});

describe('isAllRefused(edge)', () => {
  it('is so when less than 2 % got through', () => {
    expect([1, 0.981, 0.98, 0.5, null].map((refusedShare) => isAllRefused({ refusedShare }))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('sharedRefusal(edges)', () => {
  it('weighs each edge with its calls', () => {
    const all = { refused: refused(1), refusedShare: 1, http: http(1) };
    const none = { refused: null, refusedShare: null, http: http(3) };
    expect(sharedRefusal([all])).toBe(1);
    expect(sharedRefusal([all, none])).toBe(0.25);
    expect(sharedRefusal([none])).toBeNull();
  });
});
