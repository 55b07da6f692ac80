import { describe, expect, it } from 'vitest';
import type { Sink } from './feed.ts';
import { createHub, type Subscriber, type TopicSource } from './hub.ts';
import { Payload } from './payload.ts';

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
function createSubscriber({ changes = false } = {}) {
  const got: string[] = [];
  const buffers: Buffer[] = [];
  let flush: () => void = () => undefined;
  const it: Subscriber & { buffered: number; got: string[]; buffers: Buffer[]; drain(): void } = {
    buffered: 0,
    got,
    buffers,
    changes,
    bufferedAmount: () => it.buffered,
    deliver({ type, payload, skipped }, flushed) {
      const words = `${type === 'change' ? 'change ' : ''}${JSON.parse(String(payload.text))}`;
      got.push(skipped > 0 ? `${words} after ${skipped}` : words);
      buffers.push(payload.text);
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
    check(_topic, value) {
      if (value === 'bad') throw new Error('does not fit');
    },
    encode(value) {
      counts.encoded++;
      return new Payload(Buffer.from(JSON.stringify(value)));
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
    const subscribers = Array.from({ length: 1000 }, () => createSubscriber());
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
    const subscriber = { ...createSubscriber(), deliver: () => stop() };
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

  describe('with changes', () => {
    const nodesAt = (at: number, ...ids: string[]) => ({ at, nodes: ids.map((id) => ({ id })) });
    /** What a subscriber got, as what it was and what it held. */
    function follow(hub: ReturnType<typeof createHub>, source: TopicSource<unknown>, changes = true) {
      const got: [string, unknown][] = [];
      const subscriber = createSubscriber({ changes });
      const deliver: Subscriber['deliver'] = (delivery, flushed) => {
        got.push([delivery.type, JSON.parse(String(delivery.payload.text))]);
        subscriber.deliver({ ...delivery, payload: new Payload(Buffer.from('""')) }, flushed);
      };
      const stop = hub.subscribe('graph', source, {
        ...subscriber,
        bufferedAmount: () => subscriber.buffered,
        deliver,
      });
      return { got, subscriber, stop };
    }

    it('gives a whole value first, then what changed, and whole ones to those who want no changes', () => {
      const { hub } = createTestHub();
      const one = createSource('q');
      const [viewer, script] = [follow(hub, one.source), follow(hub, one.source, false)];
      one.data(nodesAt(1, 'a'));
      one.data(nodesAt(2, 'a', 'b'));
      expect(viewer.got).toEqual([
        ['data', nodesAt(1, 'a')],
        ['change', { at: 2, nodes: { new: [{ id: 'b' }], at: [1] } }],
      ]);
      expect(script.got).toEqual([
        ['data', nodesAt(1, 'a')],
        ['data', nodesAt(2, 'a', 'b')],
      ]);
    });

    it('compares and serialises once for any number of viewers, and whole values only for who needs one', () => {
      const { hub, counts } = createTestHub();
      const one = createSource('q');
      for (let index = 0; index < 1000; index++) follow(hub, one.source);
      one.data(nodesAt(1, 'a'));
      one.data(nodesAt(2, 'a'));
      one.data(nodesAt(3, 'a'));
      expect(counts).toEqual({ encoded: 3, sent: 3000, skipped: 0 });
      expect(follow(hub, one.source).got).toEqual([['data', nodesAt(3, 'a')]]);
      expect(counts.encoded).toBe(4);
    });

    it('gives a whole value to a viewer that fell behind, then changes again', () => {
      const { hub } = createTestHub();
      const one = createSource('q');
      const { got, subscriber } = follow(hub, one.source);
      one.data(nodesAt(1, 'a'));
      subscriber.buffered = 101;
      one.data(nodesAt(2, 'a'));
      one.data(nodesAt(3, 'a'));
      subscriber.drain();
      one.data(nodesAt(4, 'a'));
      expect(got).toEqual([
        ['data', nodesAt(1, 'a')],
        ['data', nodesAt(3, 'a')],
        ['change', { at: 4 }],
      ]);
    });

    it('gives a whole value where a change cannot tell, and nothing for one that must not leave', () => {
      const { hub } = createTestHub();
      const one = createSource('q');
      const { got } = follow(hub, one.source);
      one.data(nodesAt(1, 'a', 'b'));
      one.data(nodesAt(2, 'b', 'a'));
      one.data('bad');
      one.data(nodesAt(3, 'b', 'a'));
      expect(got.map(([type]) => type)).toEqual(['data', 'data', 'change']);
    });
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
