import type { Edge } from '@latchwork/shared/edge';
import { describe, expect, it } from 'vitest';
import { edgeFact } from './edge-fact.ts';

const quiet: Edge = {
  source: 'a/deployment/a',
  target: 'a/deployment/b',
  http: null,
  tcp: null,
  lock: { state: 'unknown', securedShare: null, reasons: [], clientIds: [], serverIds: [] },
  refused: null,
  refusedShare: null,
  unreached: null,
  notes: [],
};
const http = {
  rps: 3,
  successRate: 1,
  requests: 60,
  failures: 0,
  p50Ms: 1,
  p95Ms: 2,
  p99Ms: 3,
  securedShare: 1,
};

describe('edgeFact(edge, successTarget)', () => {
  it('is the rate alone while all is well', () => {
    expect(edgeFact({ ...quiet, http }, 0.99)).toEqual({ text: '3.00/s', alarm: null, tone: 'good' });
  });

  it('adds a success below target', () => {
    expect(edgeFact({ ...quiet, http: { ...http, successRate: 0.9 } }, 0.99)).toMatchObject({
      alarm: '90.0 %',
      tone: 'bad',
    });
  });

  it('says that calls never arrived', () => {
    expect(edgeFact({ ...quiet, unreached: { FAIL_FAST: 0.2 } }, 0.99)).toEqual({
      text: '0.20/s',
      alarm: 'never arrived',
      tone: 'bad',
    });
  });

  it('calls a refusal a refusal, and not bad', () => {
    const refused = { authorization: 0.94, route: 0, rateLimit: 0, egress: 0 };
    expect(edgeFact({ ...quiet, refused }, 0.99)).toEqual({ text: '0.94/s', alarm: 'refused', tone: 'good' });
    expect(edgeFact({ ...quiet, refused, http }, 0.99).alarm).toBe('0.94/s refused');
  });

  it('counts connections of a TCP edge', () => {
    const tcp = {
      opensPerSecond: 0,
      openConnections: 4,
      readBytesPerSecond: 1,
      writeBytesPerSecond: 1,
      securedShare: 1,
    };
    expect(edgeFact({ ...quiet, tcp }, 0.99).text).toBe('4 connections');
    expect(edgeFact({ ...quiet, tcp: { ...tcp, openConnections: null } }, 0.99).text).toBe('TCP');
  });
});
