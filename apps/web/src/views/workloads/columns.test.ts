import { describe, expect, it } from 'vitest';
import { failedCells } from './failed-cells.ts';
import { mtlsDetail, mtlsFigures } from './mtls-figure.ts';
import { recentHistory } from './recent-history.ts';
import { DEFAULT_SORT, nextSort, parseSort } from './sort.ts';

describe('mtlsFigures(shares)', () => {
  it('is of requests where there are any, else of connections', () => {
    expect(mtlsFigures({ requests: null, connections: 1 })).toEqual([{ shape: 'secured', text: '100 %' }]);
    expect(mtlsFigures({ requests: 0.9999, connections: null })).toEqual([{ shape: 'mixed', text: '99 %' }]);
    expect(mtlsFigures({ requests: 1, connections: 1 })).toEqual([{ shape: 'secured', text: '100 %' }]);
    expect(mtlsFigures({ requests: null, connections: null })).toEqual([]);
  });

  it('never gives the sign of one to the figure of the other', () => {
    expect(mtlsFigures({ requests: 0, connections: 1 })).toEqual([
      { shape: 'plaintext', text: '0 %' },
      { shape: 'secured', text: 'TCP 100 %' },
    ]);
    expect(mtlsDetail({ requests: 0, connections: 1 })).toBe(
      '0 % of requests secured, 100 % of TCP connections secured',
    );
  });
});

describe('parseSort(text) and nextSort(current, column)', () => {
  it('start with the busiest, and fall back to it', () => {
    expect(parseSort(null)).toEqual(DEFAULT_SORT);
    expect(parseSort('-colour')).toEqual(DEFAULT_SORT);
  });

  it('begin a column with what is most telling, and turn it with a second click', () => {
    const worst = nextSort(DEFAULT_SORT, 'success');
    expect(worst).toBe('success');
    expect(nextSort(parseSort(worst), 'success')).toBe('-success');
    expect(nextSort(parseSort('p95'), 'p95')).toBe('-p95');
    expect(nextSort(DEFAULT_SORT, 'rate')).toBe('rate');
    expect(nextSort(parseSort('rate'), 'rate')).toBeNull();
  });
});

describe('failedCells(parts)', () => {
  it('names the reason of a failed question, and leaves stale ones to the notice', () => {
    const since = '2026-11-23T15:47:10Z';
    const cells = failedCells({
      inboundLatency: { state: 'failed', since, message: 'out of time' },
      connections: { state: 'failed', since, message: null },
      inbound: { state: 'stale', since, message: 'silent' },
    });
    expect(cells).toEqual({
      requests: null,
      latency: 'out of time',
      connections: 'Prometheus did not answer',
      edges: null,
    });
  });
});

describe('recentHistory(history)', () => {
  const line = (known: number, length: number) =>
    Array.from({ length }, (_, i) => (i < length - known ? null : i));

  it('cuts all series where the first of them begins', () => {
    const cut = recentHistory({
      start: '2026-11-23T15:00:00Z',
      stepSeconds: 10,
      workloads: {
        a: { rps: line(20, 60), successRate: line(20, 60) },
        b: { rps: line(15, 60), successRate: line(15, 60) },
      },
    });
    expect(cut['a']?.rps).toHaveLength(20);
    expect(cut['b']?.rps.slice(0, 5)).toEqual([null, null, null, null, null]);
  });

  it('keeps a span that is worth a line', () => {
    const workloads = { a: { rps: line(2, 60), successRate: line(2, 60) } };
    expect(recentHistory({ start: '', stepSeconds: 10, workloads })['a']?.rps).toHaveLength(12);
    expect(recentHistory(undefined)).toEqual({});
  });
});
