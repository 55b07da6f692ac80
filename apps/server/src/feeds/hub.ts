// One running feed per topic and question, however many browsers. Knows neither sockets nor what a topic is about.

import { changeOf } from '@latchwork/shared/live/change';
import type { TopicName } from '@latchwork/shared/live/live';
import type { Sink, Stop } from './feed.ts';
import type { Payload } from './payload.ts';

/** A topic with its question put in one spelling: equal keys share one feed. */
export interface TopicSource<T> {
  readonly key: string;
  start(sink: Sink<T>): Stop;
}

export interface Delivery {
  /** A whole value, or what changed since the one that this subscriber got before. */
  readonly type: 'data' | 'change';
  /** The same bytes for everyone. */
  readonly payload: Payload;
  readonly skipped: number;
}

export interface Subscriber {
  /** Whether it can do with changes once it has a whole value. */
  readonly changes: boolean;
  /** Bytes that the network has not taken yet. */
  bufferedAmount(): number;
  /** `flushed` is to be called when it has left. */
  deliver(delivery: Delivery, flushed: () => void): void;
  trouble(error: unknown): void;
}

export interface HubOptions {
  /** Throws for a value that must not leave: then the subscribers get the error instead. */
  readonly check: (topic: TopicName, value: unknown) => void;
  readonly encode: (value: unknown) => Payload;
  readonly onSent?: (topic: TopicName) => void;
  readonly onSkipped?: (topic: TopicName) => void;
  /** A subscriber with more than this in its buffer gets the next snapshot only when that has drained. */
  readonly maxBufferedBytes?: number;
}

export interface TopicLoad {
  readonly feeds: number;
  readonly subscribers: number;
}

export interface Hub {
  subscribe(topic: TopicName, source: TopicSource<unknown>, subscriber: Subscriber): Stop;
  load(topic: TopicName): TopicLoad;
  close(): void;
}

/** How far one subscriber is. */
interface Progress {
  /** It was too slow for the newest snapshot, and gets whatever is newest when its buffer has drained. */
  behind: boolean;
  skipped: number;
  /** The number of the value that it has; 0 before the first. */
  has: number;
}

/** A value as it leaves: whole for who has none, as a change for who has the one before. Each is made for the first who needs it. */
interface Latest {
  readonly number: number;
  readonly value: unknown;
  whole?: Payload;
  /** Null when only the whole value tells. */
  change: Payload | null;
}

interface Running {
  readonly topic: TopicName;
  readonly subscribers: Map<Subscriber, Progress>;
  latest: Latest | null;
  /** The newest trouble when no value came after it. */
  trouble: { readonly error: unknown } | null;
  stop: Stop | null;
}

export function createHub({
  check,
  encode,
  onSent = () => undefined,
  onSkipped = () => undefined,
  maxBufferedBytes = 256 * 1024,
}: HubOptions): Hub {
  const running = new Map<string, Running>();

  function deliver(feed: Running, subscriber: Subscriber, progress: Progress): void {
    const { latest } = feed;
    if (latest === null) return;
    if (subscriber.bufferedAmount() > maxBufferedBytes) {
      if (progress.behind) progress.skipped++;
      progress.behind = true;
      onSkipped(feed.topic);
      return;
    }
    const { skipped } = progress;
    const follows = subscriber.changes && progress.has === latest.number - 1;
    progress.behind = false;
    progress.skipped = 0;
    progress.has = latest.number;
    onSent(feed.topic);
    const flushed = () => catchUp(feed, subscriber);
    if (follows && latest.change) {
      subscriber.deliver({ type: 'change', payload: latest.change, skipped }, flushed);
      return;
    }
    latest.whole ??= encode(latest.value);
    subscriber.deliver({ type: 'data', payload: latest.whole, skipped }, flushed);
  }

  /** Compared once for all of them, and only when somebody can do with it. */
  function changeSince(feed: Running, value: unknown): Payload | null {
    const before = feed.latest;
    const isWanted = [...feed.subscribers].some(
      ([{ changes }, { has }]) => changes && has === before?.number,
    );
    if (!before || !isWanted) return null;
    const change = changeOf(feed.topic, before.value as object, value as object);
    return change && encode(change);
  }

  function catchUp(feed: Running, subscriber: Subscriber): void {
    const progress = feed.subscribers.get(subscriber);
    if (!progress?.behind || subscriber.bufferedAmount() > maxBufferedBytes) return;
    deliver(feed, subscriber, progress);
    if (feed.trouble) subscriber.trouble(feed.trouble.error);
  }

  function sinkOf(feed: Running): Sink<unknown> {
    function trouble(error: unknown) {
      feed.trouble = { error };
      for (const subscriber of [...feed.subscribers.keys()]) subscriber.trouble(error);
    }
    return {
      data(value) {
        try {
          check(feed.topic, value);
        } catch (error) {
          trouble(error);
          return;
        }
        feed.latest = { number: (feed.latest?.number ?? 0) + 1, value, change: changeSince(feed, value) };
        feed.trouble = null;
        for (const [subscriber, progress] of [...feed.subscribers]) deliver(feed, subscriber, progress);
      },
      trouble,
    };
  }

  function leave(key: string, feed: Running, subscriber: Subscriber): void {
    if (!feed.subscribers.delete(subscriber) || feed.subscribers.size > 0) return;
    if (running.get(key) === feed) running.delete(key);
    feed.stop?.();
    feed.stop = null;
  }

  return {
    subscribe(topic, source, subscriber) {
      const key = `${topic} ${source.key}`;
      const existing = running.get(key);
      const feed: Running = existing ?? {
        topic,
        subscribers: new Map(),
        latest: null,
        trouble: null,
        stop: null,
      };
      const progress: Progress = { behind: false, skipped: 0, has: 0 };
      feed.subscribers.set(subscriber, progress);
      if (existing) {
        deliver(feed, subscriber, progress);
        if (feed.trouble) subscriber.trouble(feed.trouble.error);
      } else {
        running.set(key, feed);
        const stop = source.start(sinkOf(feed));
        // It may have left already, from within its first value.
        if (feed.subscribers.size === 0) stop();
        else feed.stop = stop;
      }
      return () => leave(key, feed, subscriber);
    },
    load(topic) {
      const feeds = [...running.values()].filter((feed) => feed.topic === topic);
      return {
        feeds: feeds.length,
        subscribers: feeds.reduce((sum, feed) => sum + feed.subscribers.size, 0),
      };
    },
    close() {
      for (const feed of running.values()) {
        feed.subscribers.clear();
        feed.stop?.();
      }
      running.clear();
    },
  };
}
