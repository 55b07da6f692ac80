// One page's conversation on the live socket: its subscriptions, its mistakes and their answers.

import type { Writable } from 'node:stream';
import { ClientMessage, isTopicName, type ServerMessage, TOPICS } from '@latchwork/shared/live';
import type { RawData, WebSocket } from 'ws';
import { BadParam } from '../contract/bad-param.ts';
import { checkParams, fitsContract } from '../contract/check.ts';
import { toReply } from '../errors.ts';
import type { Stop } from '../feeds/feed.ts';
import type { Feeds } from '../feeds/feeds.ts';
import type { Hub, Subscriber, TopicSource } from '../feeds/hub.ts';
import { writeDeflated } from './deflated-message.ts';

export interface LiveSessionOptions {
  readonly socket: Pick<WebSocket, 'bufferedAmount' | 'readyState' | 'send' | 'OPEN'>;
  /** What the socket writes to, where it agreed on compression: messages that are compressed already go there past it. */
  readonly deflated?: Writable | null;
  readonly hub: Hub;
  readonly feeds: Feeds;
  /** Called for what is our own mistake. */
  readonly onError: (error: unknown) => void;
}

export interface LiveSession {
  receive(data: RawData, isBinary: boolean): void;
  send(message: ServerMessage): void;
  /** Tells every subscription why, and stops them all. */
  end(error: unknown): void;
  close(): void;
}

const MAX_SUBSCRIPTIONS = 64;
/** Less than this fits into one packet anyway. */
const COMPRESS_FROM_BYTES = 1024;
const MAX_MESSAGE_BYTES = 64 * 1024;
const MESSAGES =
  'JSON such as {"type":"subscribe","id":"1","topic":"graph","params":{}}, {"type":"unsubscribe","id":"1"} or {"type":"ping"}; an id has 1 to 64 characters';

export function createLiveSession({
  socket,
  deflated = null,
  hub,
  feeds,
  onError,
}: LiveSessionOptions): LiveSession {
  const subscriptions = new Map<string, Stop>();

  function send(message: ServerMessage): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  }

  function trouble(id: string | undefined, error: unknown): void {
    const { status, problem } = toReply(error);
    if (status === 500) onError(error);
    const { message, field, allowed, remedy } = problem;
    send({
      type: 'trouble',
      ...(id === undefined ? {} : { id }),
      message: remedy ? `${message}; ${remedy}` : message,
      ...(field ? { field } : {}),
      ...(allowed ? { allowed } : {}),
    });
  }

  function subscribe({
    id,
    topic,
    params,
    changes = false,
  }: Extract<ClientMessage, { type: 'subscribe' }>): void {
    if (subscriptions.has(id))
      throw new BadParam('id', id, 'an id that no running subscription of this socket has');
    if (subscriptions.size >= MAX_SUBSCRIPTIONS)
      throw new BadParam('subscribe', id, `at most ${MAX_SUBSCRIPTIONS} subscriptions on one socket`);
    if (!isTopicName(topic)) throw new BadParam('topic', topic, Object.keys(TOPICS).join(', '));
    const checked = checkParams(TOPICS[topic].params, params ?? {});
    // The table of topics pairs each name with its parameters; the compiler cannot follow that through a variable.
    const source = (feeds[topic] as (params: unknown) => TopicSource<unknown>)(checked);
    subscriptions.set(id, hub.subscribe(topic, source, subscriberOf(id, changes)));
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

  function receive(data: RawData, isBinary: boolean): void {
    const bytes = data as Buffer; // ws gives one Buffer unless it is told otherwise
    let id: string | undefined;
    try {
      if (isBinary) throw new BadParam('message', `${bytes.length} binary bytes`, MESSAGES);
      if (bytes.length > MAX_MESSAGE_BYTES)
        throw new BadParam('message', `${bytes.length} bytes`, `at most ${MAX_MESSAGE_BYTES} bytes`);
      const message = parse(bytes.toString());
      id = idOf(message);
      if (!fitsContract(ClientMessage, message)) throw new BadParam('message', message, MESSAGES);
      if (message.type === 'ping') send({ type: 'pong' });
      else if (message.type === 'subscribe') subscribe(message);
      else {
        const stop = subscriptions.get(message.id);
        subscriptions.delete(message.id);
        stop?.();
      }
    } catch (error) {
      trouble(id, error);
    }
  }

  function close(): void {
    for (const stop of subscriptions.values()) stop();
    subscriptions.clear();
  }

  return {
    receive,
    send,
    end(error) {
      for (const id of subscriptions.keys()) trouble(id, error);
      close();
    },
    close,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadParam('message', text, MESSAGES);
  }
}

/** So that an answer to a malformed message still says which one it is about. */
function idOf(message: unknown): string | undefined {
  const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : undefined;
  return typeof id === 'string' && id.length <= 64 ? id : undefined;
}
