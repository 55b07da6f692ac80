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

const JUDGE = { successTarget: 0.99 };

describe('edgeFact(edge, judge)', () => {
  it('is the rate alone while all is well', () => {
    expect(edgeFact({ ...quiet, http }, JUDGE)).toEqual({ text: '3.00/s', alarm: null, tone: 'good' });
  });

  it('adds a success below target', () => {
    expect(
      edgeFact({ ...quiet, http: { ...http, successRate: 0.9, requests: 180, failures: 18 } }, JUDGE),
    ).toMatchObject({
      alarm: '90.0 %',
      tone: 'bad',
    });
  });

  it('counts what is too little for a percentage', () => {
    const rare = { ...http, requests: 14, failures: 1, successRate: 13 / 14 };
    expect(edgeFact({ ...quiet, http: rare }, JUDGE)).toMatchObject({ alarm: '1 failed', tone: 'good' });
  });

  it('says that calls never arrived', () => {
    expect(edgeFact({ ...quiet, unreached: { FAIL_FAST: 0.2 } }, JUDGE)).toEqual({
      text: '0.20/s',
      alarm: 'never arrived',
      tone: 'bad',
    });
  });

  it('calls a refusal a refusal, and not bad', () => {
    const refused = { authorization: 0.94, route: 0, rateLimit: 0, egress: 0 };
    expect(edgeFact({ ...quiet, refused, refusedShare: 1 }, JUDGE)).toEqual({
      text: '0.94/s',
      alarm: 'refused',
      tone: 'good',
    });
    expect(edgeFact({ ...quiet, refused, refusedShare: 1, http }, JUDGE).alarm).toBe('refused');
    expect(edgeFact({ ...quiet, refused, refusedShare: 0.3, http }, JUDGE).alarm).toBe('0.94/s refused');
  });

  it('counts connections of a TCP edge', () => {
    const tcp = {
      opensPerSecond: 0,
      openConnections: 4,
      readBytesPerSecond: 1,
      writeBytesPerSecond: 1,
      securedShare: 1,
    };
    expect(edgeFact({ ...quiet, tcp }, JUDGE).text).toBe('4 connections');
    expect(edgeFact({ ...quiet, tcp: { ...tcp, openConnections: null } }, JUDGE).text).toBe('TCP');
  });
});
