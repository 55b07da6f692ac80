// One page's conversation on the live socket: its subscriptions, its mistakes and their answers.

import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ClientMessage,
  isTopicName,
  type ServerMessage,
  TOPICS,
  type TopicName,
} from '@latchwork/shared/live';
import type { RawData, WebSocket } from 'ws';
import { BadParam } from '../contract/bad-param.ts';
import { checkParams, fitsContract } from '../contract/check.ts';
import { toReply } from '../errors.ts';
import type { Stop } from '../feeds/feed.ts';
import type { Feeds } from '../feeds/feeds.ts';
import type { Hub, Subscriber, TopicSource } from '../feeds/hub.ts';
import { writeDeflated } from './deflated-message.ts';
import { isDrowning } from './slow-reader.ts';

export interface LiveSessionOptions {
  readonly socket: Pick<WebSocket, 'bufferedAmount' | 'readyState' | 'send' | 'terminate' | 'OPEN'>;
  /** What the socket writes to, where it agreed on compression: messages that are compressed already go there past it. */
  readonly deflated?: Writable | null;
  readonly hub: Hub;
  /** The topics of whoever is at the other end, asked before each message. Throws when there is no right any more. */
  readonly admit: () => Promise<Feeds>;
  /** Seconds until one more message may be looked at; 0: now. */
  readonly waitSeconds?: () => number;
  /** Holds what a subscription costs; throws when there is too much of it. */
  readonly lease?: (topic: TopicName, params: object) => Stop;
  /** Told of each subscription, and again with its end. */
  readonly onSubscribed?: (topic: TopicName, params: object) => Stop;
  /** Called when there is no right any more. */
  readonly onEnded: () => void;
  /** Called for what is our own mistake. */
  readonly onError: (error: unknown) => void;
  /** In place of what a source says of itself. */
  readonly toTrouble?: (error: unknown) => unknown;
}

export interface LiveSession {
  receive(data: RawData, isBinary: boolean): void;
  send(message: ServerMessage): void;
  /** Looks again at what whoever is there may still see. */
  review(): Promise<void>;
  close(): void;
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
const MAX_MESSAGE_BYTES = 64 * 1024;
/** Of messages that came and are not looked at yet: a page sends one for each subscription. */
const MAX_WAITING = 256;
const MESSAGES =
  'JSON such as {"type":"subscribe","id":"1","topic":"graph","params":{}}, {"type":"unsubscribe","id":"1"} or {"type":"ping"}; an id has 1 to 64 characters';

export function createLiveSession(options: LiveSessionOptions): LiveSession {
  const {
    socket,
    deflated = null,
    hub,
    admit,
    onError,
    onEnded,
    toTrouble = (error: unknown) => error,
  } = options;
  const { lease = () => () => undefined, onSubscribed = () => () => undefined } = options;
  const { waitSeconds = () => 0 } = options;
  const subscriptions = new Map<string, Subscription>();
  let seen: Feeds | null = null;
  let turn = Promise.resolve();
  let waiting = 0;
  let isClosed = false;

  function send(message: ServerMessage): void {
    if (socket.readyState !== socket.OPEN) return;
    // Whoever does not read does not get more to read.
    if (isDrowning(socket)) socket.terminate();
    else socket.send(JSON.stringify(message));
  }

  function trouble(id: string | undefined, error: unknown): void {
    const { status, problem } = toReply(error);
    if (status === 500) onError(error);
    const { message, field, allowed, remedy } = status > 400 ? toReply(toTrouble(error)).problem : problem;
    send({
      type: 'trouble',
      ...(id === undefined ? {} : { id }),
      message: remedy ? `${message}; ${remedy}` : message,
      ...(field ? { field } : {}),
      ...(allowed ? { allowed } : {}),
    });
  }

  /** The table of topics pairs each name with its parameters; the compiler cannot follow that through a variable. */
  function sourceOf(feeds: Feeds, topic: TopicName, params: object): TopicSource<unknown> {
    return (feeds[topic] as (params: object) => TopicSource<unknown>)(params);
  }

  function subscribe(
    feeds: Feeds,
    { id, topic, params, changes = false }: Extract<ClientMessage, { type: 'subscribe' }>,
  ): void {
    if (subscriptions.has(id))
      throw new BadParam('id', id, 'an id that no running subscription of this socket has');
    if (subscriptions.size >= MAX_SUBSCRIPTIONS)
      throw new BadParam('subscribe', id, `at most ${MAX_SUBSCRIPTIONS} subscriptions on one socket`);
    if (!isTopicName(topic)) throw new BadParam('topic', topic, Object.keys(TOPICS).join(', '));
    const checked = checkParams(TOPICS[topic].params, params ?? {}) as object;
    start({ id, topic, params: checked, changes }, sourceOf(feeds, topic, checked));
  }

  function start(wish: Wish, source: TopicSource<unknown>): void {
    const { id, topic, params, changes } = wish;
    const free = lease(topic, params);
    const told = onSubscribed(topic, params);
    const leave = hub.subscribe(topic, source, subscriberOf(id, changes));
    function stop(): void {
      leave();
      told();
      free();
    }
    subscriptions.set(id, { wish, key: source.key, stop });
  }

  function stopOne(id: string): void {
    const subscription = subscriptions.get(id);
    subscriptions.delete(id);
    subscription?.stop();
  }

  function subscriberOf(id: string, changes: boolean): Subscriber {
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

  async function whenDue(): Promise<void> {
    for (let seconds = waitSeconds(); seconds > 0 && !isClosed; seconds = waitSeconds())
      await sleep(seconds * 1000, undefined, { ref: false });
  }

  async function answer(data: RawData, isBinary: boolean): Promise<void> {
    await whenDue();
    const bytes = data as Buffer; // ws gives one Buffer unless it is told otherwise
    let id: string | undefined;
    try {
      if (isBinary) throw new BadParam('message', `${bytes.length} binary bytes`, MESSAGES);
      if (bytes.length > MAX_MESSAGE_BYTES)
        throw new BadParam('message', `${bytes.length} bytes`, `at most ${MAX_MESSAGE_BYTES} bytes`);
      const message = parse(bytes.toString());
      id = idOf(message);
      if (!fitsContract(ClientMessage, message)) throw new BadParam('message', message, MESSAGES);
      if (!(await review())) return;
      if (message.type === 'ping') send({ type: 'pong' });
      else if (message.type === 'unsubscribe') stopOne(message.id);
      else if (seen) subscribe(seen, message);
    } catch (error) {
      trouble(id, error);
    }
  }

  /** Says whether whoever is there may still be. */
  async function review(): Promise<boolean> {
    if (isClosed) return false;
    let feeds: Feeds;
    try {
      feeds = await admit();
    } catch (error) {
      for (const id of subscriptions.keys()) trouble(id, error);
      close();
      onEnded();
      return false;
    }
    if (isClosed) return false;
    if (seen !== null && seen !== feeds)
      for (const each of [...subscriptions.values()]) reviewOne(feeds, each);
    seen = feeds;
    return true;
  }

  /** A right that grew or shrank: the same question has another answer now, or none. */
  function reviewOne(feeds: Feeds, { wish, key }: Subscription): void {
    try {
      const source = sourceOf(feeds, wish.topic, wish.params);
      if (source.key === key) return;
      stopOne(wish.id);
      start(wish, source);
    } catch (error) {
      stopOne(wish.id);
      trouble(wish.id, error);
    }
  }

  function close(): void {
    isClosed = true;
    for (const id of [...subscriptions.keys()]) stopOne(id);
  }

  return {
    receive(data, isBinary) {
      if (++waiting > MAX_WAITING) {
        socket.terminate();
        return;
      }
      turn = turn
        .then(() => answer(data, isBinary))
        .catch(onError)
        .finally(() => {
          waiting--;
        });
    },
    send,
    async review() {
      await review();
    },
    close,
  };
}

function parse(text: string): unknown {
  if (isDeep(text)) throw new BadParam('message', text, MESSAGES);
  try {
    return JSON.parse(text);
  } catch {
    throw new BadParam('message', text, MESSAGES);
  }
}

const DEEPEST = 32;

/** A text that nests without end is no message of ours, and costs whoever walks through it. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const letter of text) {
    if (letter === '[' || letter === '{') depth++;
    else if (letter === ']' || letter === '}') depth--;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** So that an answer to a malformed message still says which one it is about. */
function idOf(message: unknown): string | undefined {
  const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : undefined;
  return typeof id === 'string' && id.length <= 64 ? id : undefined;
}
