// One running feed per topic and question, however many browsers. Knows neither sockets nor what a topic is about.

import type { TopicName } from '@latchwork/shared/live';
import type { Sink, Stop } from './feed.ts';

/** A topic with its question put in one spelling: equal keys share one feed. */
export interface TopicSource<T> {
  readonly key: string;
  start(sink: Sink<T>): Stop;
}

export interface Subscriber {
  /** Bytes that the network has not taken yet. */
  bufferedAmount(): number;
  /** `value` is serialised, the same bytes for everyone; `flushed` is to be called when it has left. */
  data(value: Buffer, skipped: number, flushed: () => void): void;
  trouble(error: unknown): void;
}

export interface HubOptions {
  /** May throw: then the subscribers get the error instead of a value. */
  readonly encode: (topic: TopicName, value: unknown) => Buffer;
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
}

interface Running {
  readonly topic: TopicName;
  readonly subscribers: Map<Subscriber, Progress>;
  latest: Buffer | null;
  /** The newest trouble when no value came after it. */
  trouble: { readonly error: unknown } | null;
  stop: Stop | null;
}

export function createHub({
  encode,
  onSent = () => undefined,
  onSkipped = () => undefined,
  maxBufferedBytes = 256 * 1024,
}: HubOptions): Hub {
  const running = new Map<string, Running>();

  function deliver(feed: Running, subscriber: Subscriber, progress: Progress): void {
    if (feed.latest === null) return;
    if (subscriber.bufferedAmount() > maxBufferedBytes) {
      if (progress.behind) progress.skipped++;
      progress.behind = true;
      onSkipped(feed.topic);
      return;
    }
    const { skipped } = progress;
    progress.behind = false;
    progress.skipped = 0;
    onSent(feed.topic);
    subscriber.data(feed.latest, skipped, () => catchUp(feed, subscriber));
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
        let bytes: Buffer;
        try {
          bytes = encode(feed.topic, value);
        } catch (error) {
          trouble(error);
          return;
        }
        feed.latest = bytes;
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
      const progress: Progress = { behind: false, skipped: 0 };
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
