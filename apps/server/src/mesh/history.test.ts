import { describe, expect, it } from 'vitest';
import { sample } from '../../test/inputs/fake-store.ts';
import { BAD, from, received } from '../../test/inputs/mesh-of.ts';
import { HistoryRing } from './history.ts';

const WEB = 'shop/deployment/web';

describe('HistoryRing', () => {
  it('ends with the step of the moment, oldest first; a step that nobody measured is null', () => {
    const ring = new HistoryRing(10, 4);
    ring.record(100, [received('shop/web', 'shop/front', 3), received('shop/web', 'shop/front', 1, BAD)]);
    ring.record(121, [received('shop/web', 'shop/front', 0)]);
    expect(ring.toHistory(125)).toEqual({
      start: '1970-01-01T00:01:30.000Z',
      stepSeconds: 10,
      workloads: { [WEB]: { rps: [null, 4, null, 0], successRate: [null, 0.75, null, null] } },
    });
  });

  it('fills what it has not measured itself, and adds up what comes in parts', () => {
    const ring = new HistoryRing(10, 3);
    ring.record(120, [received('shop/web', 'shop/front', 9)]);
    const line = (classification: string, points: [number, number][]) => ({
      labels: { ...from('shop/web'), classification },
      points,
    });
    ring.fill([
      line('success', [
        [100, 3],
        [110, Number.NaN],
        [120, 1],
      ]),
      line('failure', [[100, 1]]),
    ]);
    expect(ring.toHistory(120).workloads[WEB]).toEqual({
      rps: [4, null, 9],
      successRate: [0.75, null, 1],
    });
  });

  it('keeps the last of several measurements in a step, leaves noise out, and forgets what fell out', () => {
    const ring = new HistoryRing(10, 2);
    ring.record(100, [received('shop/old', 'shop/front', 1)]);
    ring.record(120, [received('shop/web', 'shop/front', 1)]);
    ring.record(129, [
      received('shop/web', 'shop/front', 2),
      received('shop/web', '', 7, { route_name: 'probe' }),
    ]);
    expect(ring.toHistory(129).workloads).toEqual({ [WEB]: { rps: [null, 2], successRate: [null, 1] } });
    expect(ring.toHistory(9_999).workloads).toEqual({});
  });

  it('has a step that no scrape interval exceeds, and is kept while that stays', () => {
    const ring = HistoryRing.forInterval(null, null);
    expect(ring.stepSeconds).toBe(10);
    expect(HistoryRing.forInterval(2, ring)).toBe(ring);
    expect(HistoryRing.forInterval(30, ring).stepSeconds).toBe(30);
  });

  it('knows nobody by series that do not say whose they are', () => {
    const ring = new HistoryRing(10, 1);
    ring.record(100, [sample({ deployment: 'web', classification: 'success' }, 1)]);
    expect(ring.toHistory(100).workloads).toEqual({});
  });
});
