import { describe, expect, it } from 'vitest';
import type { Sink } from './feed.ts';
import { createHub, type Subscriber, type TopicSource } from './hub.ts';

/** A source whose values the test decides. */
function createSource(key: string) {
  const sinks = new Set<Sink<unknown>>();
  let starts = 0;
  const source: TopicSource<unknown> = {
    key,
    start(sink) {
      starts++;
      sinks.add(sink);
      return () => sinks.delete(sink);
    },
  };
  return {
    source,
    get starts() {
      return starts;
    },
    get running() {
      return sinks.size;
    },
    data: (value: unknown) => {
      for (const sink of [...sinks]) sink.data(value);
    },
    trouble: (error: unknown) => {
      for (const sink of [...sinks]) sink.trouble(error);
    },
  };
}

/** A subscriber whose network the test decides. */
function createSubscriber() {
  const got: string[] = [];
  const buffers: Buffer[] = [];
  let flush: () => void = () => undefined;
  const it: Subscriber & { buffered: number; got: string[]; buffers: Buffer[]; drain(): void } = {
    buffered: 0,
    got,
    buffers,
    bufferedAmount: () => it.buffered,
    data(value, skipped, flushed) {
      got.push(skipped > 0 ? `${value} after ${skipped}` : `${value}`);
      buffers.push(value);
      flush = flushed;
    },
    trouble: (error) => got.push(`trouble ${(error as Error).message}`),
    drain() {
      it.buffered = 0;
      flush();
    },
  };
  return it;
}

function createTestHub() {
  const counts = { encoded: 0, sent: 0, skipped: 0 };
  const hub = createHub({
    encode(_topic, value) {
      counts.encoded++;
      if (value === 'bad') throw new Error('does not fit');
      return Buffer.from(String(value));
    },
    onSent: () => counts.sent++,
    onSkipped: () => counts.skipped++,
    maxBufferedBytes: 100,
  });
  return { hub, counts };
}

describe('createHub()', () => {
  it('serialises a value once for all subscribers, and gives them the same bytes', () => {
    const { hub, counts } = createTestHub();
    const one = createSource('q');
    const subscribers = Array.from({ length: 1000 }, createSubscriber);
    for (const subscriber of subscribers) hub.subscribe('graph', one.source, subscriber);
    one.data('v1');
    expect(one.starts).toBe(1);
    expect(counts).toEqual({ encoded: 1, sent: 1000, skipped: 0 });
    expect(new Set(subscribers.map(({ buffers }) => buffers[0])).size).toBe(1);
  });

  it('keeps apart other questions, and the same question to another topic', () => {
    const { hub } = createTestHub();
    const [one, two, three] = [createSource('q'), createSource('r'), createSource('q')];
    hub.subscribe('graph', one.source, createSubscriber());
    hub.subscribe('graph', two.source, createSubscriber());
    hub.subscribe('workloads', three.source, createSubscriber());
    expect([one.starts, two.starts, three.starts]).toEqual([1, 1, 1]);
    expect(hub.load('graph')).toEqual({ feeds: 2, subscribers: 2 });
  });

  it('gives a late subscriber the newest value at once, and the trouble that came after it', () => {
    const { hub } = createTestHub();
    const one = createSource('q');
    hub.subscribe('graph', one.source, createSubscriber());
    one.data('v1');
    one.trouble(new Error('lost'));
    const late = createSubscriber();
    hub.subscribe('graph', one.source, late);
    expect(late.got).toEqual(['v1', 'trouble lost']);
    one.data('v2');
    const later = createSubscriber();
    hub.subscribe('graph', one.source, later);
    expect(later.got).toEqual(['v2']);
  });

  it('lets a slow subscriber skip to the newest value, and counts what it missed', () => {
    const { hub, counts } = createTestHub();
    const one = createSource('q');
    const [slow, quick] = [createSubscriber(), createSubscriber()];
    hub.subscribe('graph', one.source, slow);
    hub.subscribe('graph', one.source, quick);
    one.data('v1');
    slow.buffered = 101;
    for (const value of ['v2', 'v3', 'v4']) one.data(value);
    expect(slow.got).toEqual(['v1']);
    expect(quick.got).toEqual(['v1', 'v2', 'v3', 'v4']);
    slow.drain();
    expect(slow.got).toEqual(['v1', 'v4 after 2']);
    one.data('v5');
    expect(slow.got.at(-1)).toBe('v5');
    expect(counts.skipped).toBe(3);
  });

  it('does not let a late value hide a newer trouble from a slow subscriber', () => {
    const { hub } = createTestHub();
    const one = createSource('q');
    const slow = createSubscriber();
    hub.subscribe('graph', one.source, slow);
    one.data('v1');
    slow.buffered = 101;
    one.data('v2');
    one.trouble(new Error('lost'));
    slow.drain();
    expect(slow.got).toEqual(['v1', 'trouble lost', 'v2', 'trouble lost']);
  });

  it('stops a feed with its last subscriber and starts it anew for the next', () => {
    const { hub } = createTestHub();
    const one = createSource('q');
    const stops = [createSubscriber(), createSubscriber()].map((subscriber) =>
      hub.subscribe('graph', one.source, subscriber),
    );
    stops[0]?.();
    stops[0]?.();
    expect(one.running).toBe(1);
    stops[1]?.();
    expect(one.running).toBe(0);
    hub.subscribe('graph', one.source, createSubscriber());
    expect(one.starts).toBe(2);
  });

  it('stops a feed whose only subscriber left from within its first value', () => {
    const { hub } = createTestHub();
    let stopped = 0;
    let stop: () => void = () => undefined;
    const subscriber = { ...createSubscriber(), data: () => stop() };
    const source: TopicSource<unknown> = {
      key: 'q',
      start(sink) {
        sink.data('before anybody could stop it');
        return () => stopped++;
      },
    };
    stop = hub.subscribe('graph', source, subscriber);
    stop();
    expect(stopped).toBe(1);
  });

  it('turns a value that cannot be encoded into trouble, and goes on with the next', () => {
    const { hub } = createTestHub();
    const one = createSource('q');
    const subscriber = createSubscriber();
    hub.subscribe('graph', one.source, subscriber);
    one.data('bad');
    one.data('v2');
    expect(subscriber.got).toEqual(['trouble does not fit', 'v2']);
  });

  it('stops every feed when it closes', () => {
    const { hub } = createTestHub();
    const one = createSource('q');
    hub.subscribe('graph', one.source, createSubscriber());
    hub.close();
    expect(one.running).toBe(0);
    expect(hub.load('graph')).toEqual({ feeds: 0, subscribers: 0 });
  });
});
