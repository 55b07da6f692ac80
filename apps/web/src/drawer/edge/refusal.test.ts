import type { Edge } from '@latchwork/shared/edge';
import { describe, expect, it } from 'vitest';
import { toRefusal } from './refusal.ts';

const edge: Edge = {
  source: 'a/deployment/a',
  target: 'a/deployment/b',
  http: null,
  tcp: null,
  lock: { state: 'secured', securedShare: 1, reasons: [], clientIds: [], serverIds: [] },
  refused: { authorization: 0.1, route: 0, rateLimit: 0.4, egress: 0 },
  refusedShare: 0.25,
  unreached: null,
  notes: [],
};

describe('toRefusal(edge, windowSeconds)', () => {
  it('says how much, of what, and what the caller saw', () => {
    expect(toRefusal(edge, 60)).toEqual({
      rps: 0.5,
      share: 0.25,
      isAll: false,
      count: 30,
      sawStatus: '429, 403',
    });
  });

  it('takes what differs by a scrape for all of it', () => {
    expect(toRefusal({ ...edge, refusedShare: 0.9855 }, 60)?.isAll).toBe(true);
  });

  it('is nothing where nothing was refused', () => {
    expect(toRefusal({ ...edge, refused: null, refusedShare: null }, 60)).toBeNull();
  });
});
