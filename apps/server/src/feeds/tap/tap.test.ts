import type { Tap } from '@latchwork/shared/tap/tap';
import type { TapParams } from '@latchwork/shared/tap/tap-params';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeTap } from '../../../test/inputs/fake-tap.ts';
import { call } from '../../../test/inputs/tap-parts.ts';
import { SourceError } from '../../sources/source-error.ts';
import { createRequestsTopic } from './tap.ts';
import { createTapSlots } from './tap-slots.ts';
import type { TapTopicOptions } from './tap-topic.ts';
import { createTopTopic } from './top.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const WEB: TapParams = { namespace: 'shop', kind: 'deployment', name: 'web' };

function startTap(params: TapParams = WEB, options: Partial<TapTopicOptions> = {}) {
  const fake = createFakeTap();
  const got: Tap[] = [];
  const watched: unknown[] = [];
  const topic = createRequestsTopic({
    tap: fake.tap,
    nowMs: () => Date.now(),
    watchRps(target, onRps) {
      watched.push(target);
      onRps(40);
      return () => undefined;
    },
    ...options,
  });
  const stop = topic(params).start({ data: (tap) => got.push(tap), trouble: () => undefined });
  return { ...fake, topic, stop, got, watched, last: () => got.at(-1) as Tap };
}

describe('the tap of a target', () => {
  it('asks for headers, and hands all filters to the proxies', () => {
    const { asked } = startTap({
      ...WEB,
      toNamespace: 'bank',
      toKind: 'statefulset',
      toName: 'ledger',
      method: 'post',
      scheme: 'http',
      authority: 'ledger.bank:8080',
      path: '/books',
      labelSelector: 'tier=front',
      maxRps: 7,
    });
    expect(asked).toEqual([
      {
        target: { namespace: 'shop', workload: { kind: 'deployment', name: 'web' } },
        maxRps: 7,
        headers: true,
        match: {
          to: { namespace: 'bank', workload: { kind: 'statefulset', name: 'ledger' } },
          method: 'POST',
          scheme: 'http',
          authority: 'ledger.bank:8080',
          path: '/books',
        },
        labelSelector: 'tier=front',
      },
    ]);
  });

  it('takes a target of the same namespace where none is named', () => {
    const { asked } = startTap({ ...WEB, toKind: 'deployment', toName: 'cart' });
    expect(asked[0]?.match).toEqual({
      to: { namespace: 'shop', workload: { kind: 'deployment', name: 'cart' } },
    });
  });

  it('sends at most four snapshots a second, and keeps the newest 200 requests', () => {
    const { all, got, last } = startTap();
    for (let ms = 0; ms < 1_000; ms++) {
      for (const part of call({ request: { path: `/${ms}` } })) all((listener) => listener.part(part));
      vi.advanceTimersByTime(1);
    }
    expect(got.length).toBeLessThanOrEqual(5);
    vi.advanceTimersByTime(250);
    const { requests, counters } = last();
    expect(requests).toHaveLength(200);
    expect(requests[0]?.path).toBe('/999');
    expect(counters).toMatchObject({ received: 3_000, requests: 1_000, dropped: 800, limitRps: 100 });
    expect(new Set(requests.map(({ key }) => key)).size).toBe(200);
  });

  it('compares with metrics only what metrics know: the whole target', () => {
    const whole = startTap();
    vi.advanceTimersByTime(300);
    expect(whole.last().counters.aboutRps).toBe(40);
    const part = startTap({ ...WEB, method: 'GET' });
    expect(part.watched).toEqual([]);
    vi.advanceTimersByTime(11_000);
    expect(part.last()).toMatchObject({
      state: 'waiting',
      message: 'no request that fits the filters was seen yet',
      counters: { aboutRps: null },
    });
  });

  it('says what to apply where rights are missing', () => {
    const { all, last } = startTap();
    const refused = { message: 'may not', remedy: 'apply it', manifest: 'kind: Role\n' };
    all((listener) =>
      listener.failed(new SourceError({ source: 'tap', kind: 'refused', ...refused }), 1_000),
    );
    vi.advanceTimersByTime(300);
    expect(last()).toMatchObject({ state: 'failed', ...refused });
  });

  it('has one spelling for one question', () => {
    const { topic } = startTap();
    const { key } = topic(WEB);
    expect(topic({ ...WEB, maxRps: 100, noise: 'hide' }).key).toBe(key);
    expect(topic({ ...WEB, method: 'GET' }).key).toBe(topic({ ...WEB, method: 'get' }).key);
    for (const filter of [
      { method: 'GET' },
      { path: '/a' },
      { labelSelector: 'a=b' },
      { toNamespace: 'bank' },
    ])
      expect(topic({ ...WEB, ...filter }).key).not.toBe(key);
  });

  it('shares the number of taps with the top', () => {
    const slots = createTapSlots(1);
    const first = startTap(WEB, { slots });
    const refused: unknown[] = [];
    const sink = { data: (value: unknown) => refused.push(value), trouble: () => undefined };
    const top = createTopTopic({
      tap: first.tap,
      nowMs: () => 0,
      watchRps: () => () => undefined,
      slots,
    })({ namespace: 'shop' });
    top.start(sink);
    expect(refused).toMatchObject([{ state: 'failed', message: 'there are 1 taps open already' }]);
    first.stop();
    top.start(sink);
    expect(refused.at(-1)).toMatchObject({ state: 'waiting' });
  });
});
