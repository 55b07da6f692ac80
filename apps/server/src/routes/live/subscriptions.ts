// What one page follows: each subscription with what holds it, and how its values reach the socket.

import type { Writable } from 'node:stream';
import { type ClientMessage, isTopicName, TOPICS, type TopicName } from '@latchwork/shared/live/live';
import type { WebSocket } from 'ws';
import { BadParam } from '../../contract/bad-param.ts';
import { checkParams } from '../../contract/check.ts';
import type { Stop } from '../../feeds/feed.ts';
import type { Feeds } from '../../feeds/feeds.ts';
import type { Hub, Subscriber, TopicSource } from '../../feeds/hub.ts';
import { writeDeflated } from './deflated-message.ts';

export interface SubscriptionsOptions {
  readonly socket: Pick<WebSocket, 'bufferedAmount' | 'readyState' | 'send' | 'OPEN'>;
  /** What the socket writes to, where it agreed on compression: messages that are compressed already go there past it. */
  readonly deflated: Writable | null;
  readonly hub: Hub;
  /** Holds what a subscription costs; throws when there is too much of it. */
  readonly lease: (topic: TopicName, params: object) => Stop;
  /** Told of each subscription, and again with its end. */
  readonly onSubscribed: (topic: TopicName, params: object) => Stop;
  readonly trouble: (id: string, error: unknown) => void;
}

export interface Subscriptions {
  readonly ids: readonly string[];
  /** Throws what cannot be followed. */
  add(feeds: Feeds, message: Extract<ClientMessage, { type: 'subscribe' }>): void;
  end(id: string): void;
  endAll(): void;
  /** A right that grew or shrank: the same question has another answer now, or none. */
  review(feeds: Feeds): void;
}

/** What a page asked for. */
interface Wish {
  readonly id: string;
  readonly topic: TopicName;
  readonly params: object;
  readonly changes: boolean;
}

interface Subscription {
  readonly wish: Wish;
  readonly key: string;
  readonly stop: Stop;
}

const MAX_SUBSCRIPTIONS = 64;
/** Less than this fits into one packet anyway. */
const COMPRESS_FROM_BYTES = 1024;

export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { hub, lease, onSubscribed, trouble } = options;
  const running = new Map<string, Subscription>();

  function start(wish: Wish, source: TopicSource<unknown>): void {
    const { id, topic, params } = wish;
    const free = lease(topic, params);
    const told = onSubscribed(topic, params);
    const leave = hub.subscribe(topic, source, toSubscriber(wish, options));
    function stop(): void {
      leave();
      told();
      free();
    }
    running.set(id, { wish, key: source.key, stop });
  }

  function end(id: string): void {
    const subscription = running.get(id);
    running.delete(id);
    subscription?.stop();
  }

  function reviewOne(feeds: Feeds, { wish, key }: Subscription): void {
    try {
      const source = sourceOf(feeds, wish.topic, wish.params);
      if (source.key === key) return;
      end(wish.id);
      start(wish, source);
    } catch (error) {
      end(wish.id);
      trouble(wish.id, error);
    }
  }

  return {
    get ids() {
      return [...running.keys()];
    },
    add(feeds, { id, topic, params, changes = false }) {
      if (running.has(id))
        throw new BadParam('id', id, 'an id that no running subscription of this socket has');
      if (running.size >= MAX_SUBSCRIPTIONS)
        throw new BadParam('subscribe', id, `at most ${MAX_SUBSCRIPTIONS} subscriptions on one socket`);
      if (!isTopicName(topic)) throw new BadParam('topic', topic, Object.keys(TOPICS).join(', '));
      const checked = checkParams(TOPICS[topic].params, params ?? {}) as object;
      start({ id, topic, params: checked, changes }, sourceOf(feeds, topic, checked));
    },
    end,
    endAll() {
      for (const id of [...running.keys()]) end(id);
    },
    review(feeds) {
      for (const each of [...running.values()]) reviewOne(feeds, each);
    },
  };
}

/** The table of topics pairs each name with its parameters; the compiler cannot follow that through a variable. */
function sourceOf(feeds: Feeds, topic: TopicName, params: object): TopicSource<unknown> {
  return (feeds[topic] as (params: object) => TopicSource<unknown>)(params);
}

function toSubscriber(
  { id, changes }: Wish,
  { socket, deflated, trouble }: Pick<SubscriptionsOptions, 'socket' | 'deflated' | 'trouble'>,
): Subscriber {
  const quotedId = JSON.stringify(id);
  return {
    changes,
    bufferedAmount: () => socket.bufferedAmount,
    deliver({ type, payload, skipped }, flushed) {
      if (socket.readyState !== socket.OPEN) return;
      const head = `{"type":"${type}","id":${quotedId}${skipped > 0 ? `,"skipped":${skipped}` : ''},"value":`;
      if (deflated && payload.text.length >= COMPRESS_FROM_BYTES) {
        writeDeflated(deflated, [head, payload.deflated, '}'], flushed);
        return;
      }
      // In three fragments of one message, so that the large one is the same memory for all subscribers.
      socket.send(head, { fin: false, binary: false });
      socket.send(payload.text, { fin: false, binary: false });
      socket.send('}', { fin: true, binary: false }, flushed);
    },
    trouble: (error) => trouble(id, error),
  };
}
