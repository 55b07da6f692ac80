import { bytesRate } from '@latchwork/figures/bytes';
import { chosenFigure } from '@latchwork/figures/chosen-figure';
import { clock, moment } from '@latchwork/figures/clock';
import { count, counted } from '@latchwork/figures/count';
import { figureText } from '@latchwork/figures/figure';
import { boundsOf, duration, latency, PROXY_BOUNDS_MS, shortDuration } from '@latchwork/figures/latency';
import { peerName } from '@latchwork/figures/peer';
import { percentText, wholePercentText } from '@latchwork/figures/percent';
import { rateText } from '@latchwork/figures/rate';
import { age, ago, elapsed, span } from '@latchwork/figures/span';
import { describe, expect, it } from 'vitest';

describe('rateText(perSecond)', () => {
  it('has three digits', () => {
    expect([13.84, 6.378, 0.966, 127.4, 1127, 0].map(rateText)).toEqual([
      '13.8/s',
      '6.38/s',
      '0.97/s',
      '127/s',
      '1\u2009127/s',
      '0/s',
    ]);
  });

  it('does not grow a digit by rounding', () => {
    expect([9.996, 99.96, 9999.7].map(rateText)).toEqual(['10.0/s', '100/s', '10.0k/s']);
  });

  it('tells little from nothing, and nothing from no data', () => {
    expect([0.001, 0, null].map(rateText)).toEqual(['< 0.01/s', '0/s', '–']);
  });
});

describe('percentText(share)', () => {
  it('has one decimal, and two above 99.5', () => {
    expect([0.916, 0.995, 0.9965, 0.97249].map(percentText)).toEqual([
      '91.6 %',
      '99.5 %',
      '99.65 %',
      '97.2 %',
    ]);
  });

  it('says 100 % and 0 % only when exact', () => {
    expect([1, 0.999999, 0, 0.0001].map(percentText)).toEqual(['100 %', '99.99 %', '0 %', '< 0.1 %']);
  });
});

describe('wholePercentText(share)', () => {
  it('never rounds a part into all or nothing', () => {
    expect([1, 0.9999, 0.398, 0.001, 0, null].map(wholePercentText)).toEqual([
      '100 %',
      '99 %',
      '40 %',
      '1 %',
      '0 %',
      '–',
    ]);
  });
});

describe('latency(ms) (truth rule 7)', () => {
  const COARSE = boundsOf({
    latencyBoundsMs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000],
  });

  it('is whole milliseconds below a second, then one decimal', () => {
    expect([7.5, 45.2, 746.1, 1900, 2840].map((ms) => figureText(latency(ms)))).toEqual([
      '8 ms',
      '45 ms',
      '746 ms',
      '1.9 s',
      '2.8 s',
    ]);
  });

  it('is a range where the bucket is wider than twice its start', () => {
    expect(figureText(latency(0.4))).toBe('< 1 ms');
    expect(figureText(latency(3.1, COARSE))).toBe('2–5 ms');
    expect(figureText(latency(31, COARSE))).toBe('20–50 ms');
    expect(figureText(latency(15, COARSE))).toBe('15 ms');
  });

  it('knows nothing beyond the last bound', () => {
    expect(figureText(latency(50_000))).toBe('> 50 s');
  });

  it('does not read as on target what is over it', () => {
    expect(figureText(latency(1004, undefined, 1000))).toBe('1.1 s');
    expect(figureText(latency(1060, undefined, 1000))).toBe('1.1 s');
    expect(figureText(latency(250.3, undefined, 250))).toBe('251 ms');
    expect(figureText(latency(999, undefined, 1000))).toBe('999 ms');
  });

  it('tells no data from 0', () => {
    expect(figureText(latency(null))).toBe('–');
  });
});

describe('duration(ms)', () => {
  it('keeps small measured times', () => {
    expect(figureText(duration(1004, 1000))).toBe('1.1 s');
    expect(figureText(duration(996, 1000))).toBe('996 ms');
    expect([0.2, 999.6].map((ms) => duration(ms))).toEqual([
      { value: '0', unit: ' ms' },
      { value: '1.0', unit: ' s' },
    ]);
  });
});

describe('shortDuration(ms)', () => {
  it('has tenths where one request took less than ten milliseconds', () => {
    expect([0.04, 8.13, 9.96, 27.2].map((ms) => figureText(shortDuration(ms)))).toEqual([
      '0.0 ms',
      '8.1 ms',
      '10 ms',
      '27 ms',
    ]);
    expect(shortDuration(null)).toBeNull();
  });
});

describe('bytesRate(perSecond)', () => {
  it('steps by thousands', () => {
    expect([0, 0.2, 22, 999.6, 5000, 123_456, 7.4e9].map((rate) => figureText(bytesRate(rate)))).toEqual([
      '0 B/s',
      '< 1 B/s',
      '22 B/s',
      '1.0 kB/s',
      '5.0 kB/s',
      '123 kB/s',
      '7.4 GB/s',
    ]);
  });
});

describe('spans', () => {
  it('are as short as they can be told', () => {
    expect([10, 60, 90, 120, 3600, 86_400].map(span)).toEqual([
      '10 s',
      '1 min',
      '90 s',
      '2 min',
      '1 h',
      '24 h',
    ]);
    expect([3000, 89_000, 300_000, 7_200_000].map(age)).toEqual(['3 s', '89 s', '5 min', '2 h']);
    expect(ago(-5)).toBe('0 s ago');
    expect([12_000, 72_000, 120_000, 3_700_000].map(elapsed)).toEqual([
      '12 s',
      '1 min 12 s',
      '2 min',
      '1 h 1 min',
    ]);
  });
});

describe('count(n)', () => {
  it('sets thousands apart, and agrees with its noun', () => {
    expect(count(1_127_000)).toBe('1\u2009127\u2009000');
    expect([counted(1, 'edge'), counted(3, 'edge')]).toEqual(['1 edge', '3 edges']);
  });
});

describe('clock(text)', () => {
  it('reads UTC, and is empty for what is no moment', () => {
    expect(clock('2026-11-23T16:47:10+01:00')).toBe('15:47');
    expect(clock('2026-11-23T15:47:10Z', true)).toBe('15:47:10');
    expect(moment('2026-11-23T15:47:10Z')).toBe('2026-11-23 15:47:10 UTC');
    expect(clock('soon')).toBe('');
  });
});

describe('peerName(id)', () => {
  it('reads every kind of id', () => {
    expect(peerName('shop/deployment/web')).toEqual({ name: 'web', namespace: 'shop', kind: 'Deployment' });
    expect(peerName('shop/service/recommender')).toMatchObject({ name: 'recommender', kind: 'Service' });
    expect(peerName('unmeshed:shop/deployment/web')).toMatchObject({ namespace: null, kind: 'no proxy' });
    expect(peerName('external:10.0.0.1:443').name).toBe('10.0.0.1:443');
    expect(peerName('external:identity/web.shop')).toMatchObject({ name: 'web', namespace: 'shop' });
    expect(peerName('external:egress/shop/all')).toMatchObject({ name: 'all', kind: 'EgressNetwork' });
    expect(peerName('?').name).toBe('?');
  });
});

describe('chosenFigure(link, figure, targets)', () => {
  const targets = { successTarget: 0.99, latencyTargetMs: 1000, bounds: PROXY_BOUNDS_MS };
  const link = {
    mark: 'mixed',
    http: { rps: 3.5, successRate: 0.9, requests: 210, failures: 21, p95Ms: 1004 },
    tcp: { openConnections: 4, readBytesPerSecond: 1200, writeBytesPerSecond: 300 },
    refusedRps: 0,
    unreachedRps: 0,
    securedShare: 0.4,
  };

  it('is what the reader chose, rounded as everywhere', () => {
    const told = (['rate', 'p95', 'success', 'bytes', 'secured'] as const).map((figure) =>
      chosenFigure(link, figure, targets),
    );
    expect(told).toEqual(['3.50', '1.1 s', '90.0 %', '1.5 kB/s', '40 %']);
  });

  it('is empty where the link has no such figure, and where all was refused', () => {
    const bare = { ...link, http: null, tcp: null, securedShare: null };
    for (const figure of ['p95', 'success', 'bytes', 'secured'] as const) {
      expect(chosenFigure(bare, figure, targets)).toBe('');
      expect(chosenFigure({ ...link, mark: 'refused', refusedRps: 1 }, figure, targets)).toBe('');
    }
  });
});
