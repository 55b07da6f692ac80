import { describe, expect, it } from 'vitest';
import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import { DataStart } from './data-start.ts';

const DAY_SECONDS = 86_400;

/** A store that answers what a subquery would: the first of its steps, at multiples of the step, with data. */
function storeFrom(began: () => number, isAway = () => false) {
  const asked: string[] = [];
  const client = {
    query: async (text: string, { atSeconds = 0 }: { atSeconds?: number } = {}) => {
      const [, span, step] = /\[(\d+)s:(\d+)s\]/.exec(text) ?? [];
      asked.push(`${span}:${step}`);
      if (isAway()) throw new Error('query timed out');
      const every = Number(step);
      const from = Math.max(began(), atSeconds - Number(span));
      const first = Math.ceil(from / every) * every;
      return first <= atSeconds ? [{ labels: { fact: 'start' }, value: first }] : [];
    },
  } as unknown as PrometheusClient;
  return { client, asked };
}

function settle(start: DataStart, client: PrometheusClient, moment: number, windowSeconds = DAY_SECONDS) {
  return start.settled({ client, matchers: [], moment, windowSeconds, signal: new AbortController().signal });
}

describe('where data begins in a window', () => {
  it('is exact to seconds in a window of a day', async () => {
    const { client, asked } = storeFrom(() => 1_000_000 - 5_000);
    const start = new DataStart(() => 0);
    await settle(start, client, 1_000_000);
    expect(start.knownSeconds(1_000_000, DAY_SECONDS)).toBeGreaterThan(4_990);
    expect(start.knownSeconds(1_000_000, DAY_SECONDS)).toBeLessThanOrEqual(5_001);
    expect(asked).toHaveLength(2);
  });

  it('is found where no step of the window has data yet', async () => {
    const { client } = storeFrom(() => 1_000_000 - 45);
    const start = new DataStart(() => 0);
    await settle(start, client, 1_000_000);
    expect(start.knownSeconds(1_000_000, DAY_SECONDS)).toBeLessThanOrEqual(46);
  });

  it('is asked for again soon in a store that had nothing at first', async () => {
    let began = Number.POSITIVE_INFINITY;
    let nowMs = 0;
    const { client, asked } = storeFrom(() => began);
    const start = new DataStart(() => nowMs);
    await settle(start, client, 1_000_000);
    start.expectSoon();
    began = 1_000_001;
    nowMs = 4_000;
    const before = asked.length;
    await settle(start, client, 1_000_030);
    expect(asked.length).toBeGreaterThan(before);
    expect(start.knownSeconds(1_000_030, DAY_SECONDS)).toBeLessThanOrEqual(31);
  });

  it('is asked for once in a round by a store that does not answer, and ever more rarely', async () => {
    let isAway = false;
    let nowMs = 0;
    const { client, asked } = storeFrom(
      () => 1_000_000 - 5_000,
      () => isAway,
    );
    const start = new DataStart(() => nowMs);
    await settle(start, client, 1_000_000);
    isAway = true;
    asked.splice(0);
    nowMs = 300_000;
    await settle(start, client, 1_000_300);
    expect(asked).toHaveLength(1);
    for (let round = 0; round < 30; round++) {
      nowMs += 2_000;
      await settle(start, client, 1_000_300);
    }
    expect(asked.length).toBeLessThanOrEqual(5);
    // What was known is no less true.
    expect(start.knownSeconds(1_000_000, DAY_SECONDS)).toBeLessThanOrEqual(5_001);
  });

  it('is asked for at once by the next one, where the first one left', async () => {
    const leaving = new AbortController();
    const { client } = storeFrom(
      () => 1_000_000 - 5_000,
      () => !leaving.signal.aborted,
    );
    const start = new DataStart(() => 0);
    const first = start.settled({
      ...{ client, matchers: [], moment: 1_000_000, windowSeconds: DAY_SECONDS, signal: leaving.signal },
    });
    leaving.abort();
    await first;
    await settle(start, client, 1_000_000);
    expect(start.knownSeconds(1_000_000, DAY_SECONDS)).toBeLessThanOrEqual(5_001);
  });

  it('is all of the window where it began before', async () => {
    const { client } = storeFrom(() => 0);
    const start = new DataStart(() => 0);
    await settle(start, client, 1_000_000);
    expect(start.knownSeconds(1_000_000, DAY_SECONDS)).toBe(DAY_SECONDS);
  });
});
