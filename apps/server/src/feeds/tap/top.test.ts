import type { Top } from '@latchwork/shared/tap/top';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeTap } from '../../../test/inputs/fake-tap.ts';
import { call } from '../../../test/inputs/tap-parts.ts';
import { SourceError } from '../../sources/source-error.ts';
import { createTapSlots } from './tap-slots.ts';
import type { TapTopicOptions } from './tap-topic.ts';
import { createTopTopic } from './top.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const FAILURE = new SourceError({ source: 'tap', kind: 'refused', message: 'may not tap', remedy: 'ask' });

function startTop(options: Partial<TapTopicOptions> = {}) {
  const fake = createFakeTap();
  const got: Top[] = [];
  let tellRps: (rps: number | null) => void = () => undefined;
  const topic = createTopTopic({
    tap: fake.tap,
    nowMs: () => Date.now(),
    watchRps: (_target, onRps) => {
      tellRps = onRps;
      return () => undefined;
    },
    ...options,
  });
  const source = topic({ namespace: 'shop', kind: 'deployment', name: 'web', maxRps: 50 });
  const stop = source.start({ data: (top) => got.push(top), trouble: () => undefined });
  return { ...fake, got, stop, topic, last: () => got.at(-1) as Top, tellRps: (rps: number) => tellRps(rps) };
}

describe('the top of a target', () => {
  it('says at once that it waits, and after a while what tap cannot see', () => {
    const { got, last, asked } = startTop();
    expect(asked).toEqual([
      {
        target: { namespace: 'shop', workload: { kind: 'deployment', name: 'web' } },
        maxRps: 50,
        headers: false,
      },
    ]);
    expect(got).toMatchObject([
      {
        target: 'shop/deployment/web',
        state: 'waiting',
        message: null,
        counters: { limitRps: 50, aboutRps: null },
      },
    ]);
    vi.advanceTimersByTime(9_000);
    expect(last().message).toBeNull();
    vi.advanceTimersByTime(3_000);
    expect(last()).toMatchObject({ state: 'waiting', message: expect.stringContaining('opaque') });
  });

  it('sends at most ten snapshots a second, however many events come', () => {
    const { got, all, last } = startTop();
    for (let ms = 0; ms < 1_000; ms++) {
      for (const part of call()) all((listener) => listener.part(part));
      vi.advanceTimersByTime(1);
    }
    expect(got.length).toBeGreaterThanOrEqual(9);
    expect(got.length).toBeLessThanOrEqual(11);
    vi.advanceTimersByTime(200);
    expect(last()).toMatchObject({ state: 'streaming', rows: [{ count: 1_000 }] });
    expect(last().counters).toMatchObject({ received: 3_000, requests: 1_000, lost: [] });
  });

  it('sends a large table less often', () => {
    const { got, all } = startTop();
    for (let i = 0; i < 500; i++)
      for (const part of call({ request: { path: `/page/a${i}` } })) all((listener) => listener.part(part));
    vi.advanceTimersByTime(200);
    const before = got.length;
    for (let ms = 0; ms < 3_000; ms += 10) {
      for (const part of call()) all((listener) => listener.part(part));
      vi.advanceTimersByTime(10);
    }
    expect(got.length - before).toBeLessThanOrEqual(5);
  });

  it('keeps its rows through a failure, says why and what to do, and goes on', () => {
    const { all, last } = startTop();
    for (const part of call()) all((listener) => listener.part(part));
    all((listener) => listener.failed(FAILURE, 1_000));
    vi.advanceTimersByTime(150);
    expect(last()).toMatchObject({
      state: 'failed',
      message: 'may not tap',
      remedy: 'ask',
      rows: [{ count: 1 }],
    });
    for (const part of call()) all((listener) => listener.part(part));
    vi.advanceTimersByTime(150);
    expect(last()).toMatchObject({ state: 'streaming', message: null, remedy: null, rows: [{ count: 2 }] });
  });

  it('waits again once the stream has not failed for a while, although nothing came yet', () => {
    const { all, last } = startTop();
    all((listener) => listener.failed(FAILURE, 1_000));
    vi.advanceTimersByTime(3_500);
    expect(last().state).toBe('failed');
    vi.advanceTimersByTime(1_000);
    expect(last()).toMatchObject({ state: 'waiting', message: null });
  });

  it('says that a recording has ended', () => {
    const { all, last } = startTop();
    all((listener) => listener.ended());
    vi.advanceTimersByTime(150);
    expect(last().state).toBe('ended');
  });

  it('counts what was lost, and shows how small a sample it is', () => {
    const lost: string[] = [];
    const { all, last, tellRps } = startTop({ onLost: (reason) => lost.push(reason) });
    all((listener) => listener.lost('unreadable event'));
    tellRps(41.5);
    vi.advanceTimersByTime(150);
    expect(last().counters).toMatchObject({
      received: 1,
      lost: [{ reason: 'unreadable event', count: 1 }],
      aboutRps: 41.5,
    });
    expect(lost).toEqual(['unreadable event']);
  });

  it('stops everything when nobody looks', () => {
    const { stop, listeners, got } = startTop();
    stop();
    expect(listeners.size).toBe(0);
    const before = got.length;
    vi.advanceTimersByTime(60_000);
    expect(got.length).toBe(before);
  });

  it('opens no more taps than it may', () => {
    const { topic, last, listeners, stop } = startTop({ slots: createTapSlots(1) });
    const refused: Top[] = [];
    const start = () =>
      topic({ namespace: 'other' }).start({ data: (top) => refused.push(top), trouble: () => undefined });
    start();
    expect(refused).toMatchObject([{ state: 'failed', message: expect.stringContaining('1 taps open') }]);
    expect(listeners.size).toBe(1);
    stop();
    start();
    expect(refused.at(-1)?.state).toBe('waiting');
    expect(last().state).toBe('waiting');
  });

  it('has one spelling for one question', () => {
    const { topic } = startTop();
    const key = topic({ namespace: 'shop' }).key;
    expect(topic({ namespace: 'shop', maxRps: 100, noise: 'hide' }).key).toBe(key);
    expect(topic({ namespace: 'shop', noise: 'show' }).key).not.toBe(key);
    expect(topic({ namespace: 'shop', kind: 'pod', name: 'a' }).key).not.toBe(key);
  });

  it.each([
    [{ namespace: 'shop', name: 'web' }, 'kind'],
    [{ namespace: 'shop', kind: 'pod' }, 'name'],
    [{ namespace: 'shop', kind: 'externalworkload', name: 'vm' }, 'kind'],
    [{ namespace: 'shop', kind: 'pod', name: 'a/../b' }, 'name'],
    [{ namespace: 'shop', kind: 'pod', name: 'Web' }, 'name'],
    [{ namespace: 'shop', toName: 'web' }, 'toKind'],
    [{ namespace: 'shop', toKind: 'deployment' }, 'toName'],
    [{ namespace: 'shop', toKind: 'externalworkload', toName: 'vm' }, 'toKind'],
  ] as const)('refuses %j, and names the field', (params, field) => {
    const { topic } = startTop();
    expect(() => topic(params)).toThrow(expect.objectContaining({ field }));
  });
});
