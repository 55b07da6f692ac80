// One page's conversation on the live socket: its subscriptions, its mistakes and their answers.

import type { ServerMessage } from '@latchwork/shared/live/live';
import type { RawData, WebSocket } from 'ws';
import { toReply } from '../../errors.ts';
import type { Feeds } from '../../feeds/feeds.ts';
import { checkMessage, idOf, messageText, parseMessage } from './client-message.ts';
import { createMessageTurns } from './message-turns.ts';
import { isDrowning } from './slow-reader.ts';
import { createSubscriptions, type SubscriptionsOptions } from './subscriptions.ts';

type OfSubscriptions = Pick<SubscriptionsOptions, 'hub'> &
  Partial<Pick<SubscriptionsOptions, 'deflated' | 'lease' | 'onSubscribed'>>;

export interface LiveSessionOptions extends OfSubscriptions {
  readonly socket: Pick<WebSocket, 'bufferedAmount' | 'readyState' | 'send' | 'terminate' | 'OPEN'>;
  /** The topics of whoever is at the other end, asked before each message. Throws when there is no right any more. */
  readonly admit: () => Promise<Feeds>;
  /** Seconds until one more message may be looked at; 0: now. */
  readonly waitSeconds?: () => number;
  /** Awaited before each message. */
  readonly slice: () => Promise<void>;
  /** Called when there is no right any more. */
  readonly onEnded: () => void;
  /** Called for what is our own mistake. */
  readonly onError: (error: unknown) => void;
  /** In place of what a source says of itself. */
  readonly toTrouble?: (error: unknown) => unknown;
}

/** What is kept of a message until its turn comes: never more than what would be looked at. */
type Received = { readonly text: string } | { readonly fault: unknown };

export interface LiveSession {
  receive(data: RawData, isBinary: boolean): void;
  send(message: ServerMessage): void;
  /** Looks again at what whoever is there may still see. */
  review(): Promise<void>;
  close(): void;
}

export function createLiveSession(options: LiveSessionOptions): LiveSession {
  const { socket, deflated = null, hub, admit, onError, onEnded } = options;
  const { toTrouble = (error: unknown) => error, waitSeconds = () => 0 } = options;
  const { lease = () => () => undefined, onSubscribed = () => () => undefined } = options;
  const subscriptions = createSubscriptions({ socket, deflated, hub, lease, onSubscribed, trouble });
  const turns = createMessageTurns<Received>({ answer, waitSeconds, slice: options.slice, onError });
  let seen: Feeds | null = null;
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

  async function answer(received: Received): Promise<void> {
    let id: string | undefined;
    try {
      if ('fault' in received) throw received.fault;
      const said = parseMessage(received.text);
      id = idOf(said);
      const message = checkMessage(said);
      if (!(await review())) return;
      if (message.type === 'ping') send({ type: 'pong' });
      else if (message.type === 'unsubscribe') subscriptions.end(message.id);
      else if (seen) subscriptions.add(seen, message);
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
      for (const id of subscriptions.ids) trouble(id, error);
      close();
      onEnded();
      return false;
    }
    if (isClosed) return false;
    if (seen !== null && seen !== feeds) subscriptions.review(feeds);
    seen = feeds;
    return true;
  }

  function close(): void {
    isClosed = true;
    turns.close();
    subscriptions.endAll();
  }

  return {
    receive(data, isBinary) {
      const received = receivedOf(data, isBinary);
      if (!turns.take(received, 'text' in received ? received.text.length : 0)) socket.terminate();
    },
    send,
    async review() {
      await review();
    },
    close,
  };
}

function receivedOf(data: RawData, isBinary: boolean): Received {
  try {
    return { text: messageText(data, isBinary) };
  } catch (fault) {
    return { fault };
  }
}
