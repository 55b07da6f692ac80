import { describe, expect, it } from 'vitest';
import { graphNotices } from './notices.ts';
import { STEADY } from './test-data/steady.ts';

const since = '2026-11-23T15:41:10Z';

describe('graphNotices(graph)', () => {
  it('is silent while all is well', () => {
    expect(graphNotices(STEADY)).toEqual([]);
  });

  it('names the part that has no answer, and why', () => {
    const parts = {
      outboundLatency: { state: 'failed' as const, since, message: 'the query ran out of time (10 s)' },
    };
    expect(graphNotices({ ...STEADY, parts })).toEqual([
      { tone: 'warn', title: 'Latency of edges: no answer.', text: 'The query ran out of time (10 s).' },
    ]);
  });

  it('says since when a part is old', () => {
    const parts = { volume: { state: 'stale' as const, since, message: 'gone' } };
    expect(graphNotices({ ...STEADY, parts })[0]?.title).toBe('Bytes of connections: from 15:41 UTC.');
  });

  it('leaves it to the banner when the whole picture is old', () => {
    const stale = { state: 'stale' as const, since, message: 'gone' };
    expect(graphNotices({ ...STEADY, parts: { outbound: stale, volume: stale } })).toEqual([]);
  });

  it('tells a widened window, and no causes of an empty picture', () => {
    const diagnoses = [
      { code: 'window-widened', message: 'the window is 240 s', remedy: 'scrape more often' },
      { code: 'empty', message: 'empty', remedy: 'wait' },
    ];
    expect(graphNotices({ ...STEADY, diagnoses })).toEqual([
      { tone: 'plain', title: 'The window is 240 s.', text: 'Scrape more often.' },
    ]);
  });
});
