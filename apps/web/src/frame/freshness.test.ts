import { describe, expect, it } from 'vitest';
import { type FreshnessFacts, freshness } from './freshness.ts';

const facts: FreshnessFacts = {
  connection: { state: 'open', sinceMs: 0, retryAtMs: null },
  receivedAtMs: 97_000,
  trouble: undefined,
  parts: undefined,
  pausedSinceMs: null,
  fixedAt: null,
  isStopped: false,
  nowMs: 100_000,
};

describe('freshness(facts)', () => {
  it('says how long ago the numbers came', () => {
    expect(freshness(facts)).toEqual({ tone: 'good', text: '3 s ago' });
  });

  it('says that a page is paused, whatever else is true', () => {
    expect(freshness({ ...facts, pausedSinceMs: 99_000, trouble: 'silent' }).text).toBe('paused, 3 s old');
  });

  it('calls numbers stale when their source is silent', () => {
    expect(freshness({ ...facts, trouble: 'silent' })).toEqual({ tone: 'warn', text: 'stale, 3 s old' });
  });

  it('tells a lost server only after a moment, for a reconnect is not worth a word', () => {
    const lost = { state: 'lost', sinceMs: 99_000, retryAtMs: 101_000 } as const;
    expect(freshness({ ...facts, connection: lost }).tone).toBe('good');
    expect(freshness({ ...facts, connection: { ...lost, sinceMs: 90_000 } }).text).toBe('no server, 3 s old');
  });

  it('does not call a stopped stream fresh', () => {
    expect(freshness({ ...facts, isStopped: true })).toEqual({ tone: 'warn', text: 'stopped' });
  });

  it('names the oldest of the stale parts', () => {
    const parts = {
      inbound: { state: 'stale', since: new Date(40_000).toISOString(), message: 'x' },
      outbound: { state: 'fresh', since: new Date(0).toISOString(), message: null },
    } as const;
    expect(freshness({ ...facts, parts }).text).toBe('partly stale, 60 s');
  });

  it('waits without a first value, and does not age a moment that is fixed', () => {
    expect(freshness({ ...facts, receivedAtMs: undefined }).text).toBe('waiting');
    expect(freshness({ ...facts, fixedAt: '2025-11-23T07:31:05Z' }).text).toBe('as of 07:31 UTC');
  });
});
