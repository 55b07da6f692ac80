// The page's one socket: reconnects with back-off, subscribes again, and takes silence for trouble.
// Plain TypeScript; it must not know what a topic's values look like.

import type { About } from '@latchwork/shared/about';
import type { ClientMessage, ServerMessage, TopicName, TopicParams } from '@latchwork/shared/live/live';
import { backoffMs } from './backoff.ts';
import { createInbox, type Step } from './inbox.ts';
import type { Refusal } from './refusal.ts';
import { parseMessage, type Renewal, renewed } from './server-message.ts';
import type { Timers } from './timers.ts';

/** After this long without a word the page asks; after twice as long it gives the connection up. */
export const PATIENCE_MS = 10_000;

export interface Sink {
  data(value: unknown, skipped: number): void;
  trouble(message: string): void;
}

/** A server that restarts looks for a moment as if a proxy swallowed its sockets. */
const SURE_AFTER = 2;

/** `sinceMs`: when this state began; `retryAtMs`: the next attempt, null while one is under way. */
export interface Connection {
  state: 'connecting' | 'open' | 'lost';
  sinceMs: number;
  retryAtMs: number | null;
  /** Why no socket opens, once that is known; with an open connection, why it is not a socket. */
  refusal?: Refusal | null;
}

/** The part of `WebSocket` that it needs. */
export interface Wire {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
}

export interface LiveSocketOptions {
  open: () => Wire;
  /** The same conversation where no WebSocket passes. */
  openEvents?: () => Wire;
  /** Asked when a wire closes that never said a word; null when nothing answers. */
  askRefusal?: () => Promise<Refusal | null>;
  timers: Timers;
  /** 0 to 1, for the jitter. */
  random: () => number;
}

export interface LiveSocket {
  subscribe<N extends TopicName>(topic: N, params: TopicParams<N>, sink: Sink): () => void;
  connection(): Connection;
  /** What the server said of itself; null until it did. */
  about(): About | null;
  /** Called after each change of `connection` or `about`. */
  watch(listener: () => void): () => void;
  /** Tries again at once: the network came back, or somebody looks at the page again. */
  wake(): void;
  close(): void;
}

interface Subscription {
  topic: TopicName;
  params: unknown;
  sink: Sink;
  /** What the next change is of; null until this connection brought a whole value. */
  value: object | null;
}

export function createLiveSocket(options: LiveSocketOptions): LiveSocket {
  const { open, openEvents, askRefusal, timers, random } = options;
  const subscriptions = new Map<string, Subscription>();
  const listeners = new Set<() => void>();
  let connection: Connection = {
    state: 'connecting',
    sinceMs: timers.now(),
    retryAtMs: null,
    refusal: null,
  };
  let about: About | null = null;
  let wire: Wire | null = null;
  let attempt = 0;
  let lastId = 0;
  let closed = false;
  let isHeard = false;
  let timesWithoutUpgrade = 0;
  let way: 'socket' | 'events' = 'socket';
  let cancelTimer = () => {};
  const inbox = createInbox(timers);

  function become(next: Partial<Connection>): void {
    const changes = next.state !== undefined && next.state !== connection.state;
    const sinceMs = changes ? timers.now() : connection.sinceMs;
    connection = { ...connection, ...next, sinceMs };
    for (const listener of listeners) listener();
  }

  function connect(): void {
    cancelTimer();
    if (closed) return;
    const mine = way === 'events' && openEvents ? openEvents() : open();
    wire = mine;
    isHeard = false;
    // A connection that neither opens nor fails is as bad as a silent one.
    cancelTimer = timers.after(2 * PATIENCE_MS, lose);
    become({ retryAtMs: null });

    mine.onopen = () => {
      if (wire !== mine) return;
      become({ state: 'open', retryAtMs: null });
      for (const [id, subscription] of subscriptions) ask(id, subscription);
      listen();
    };
    mine.onmessage = ({ data }) => {
      if (wire !== mine) return;
      isHeard = true;
      listen();
      const text = String(data);
      inbox.take(text.length, () => {
        const message = parseMessage(text);
        return message && receive(message);
      });
    };
    mine.onclose = () => {
      if (wire === mine) lose();
    };
  }

  /** Somebody spoke: the patience starts anew. */
  function listen(): void {
    cancelTimer();
    cancelTimer = timers.after(PATIENCE_MS, () => {
      send({ type: 'ping' });
      cancelTimer = timers.after(PATIENCE_MS, lose);
    });
  }

  function lose(): void {
    cancelTimer();
    const gone = wire;
    wire = null;
    inbox.clear();
    gone?.close();
    if (closed) return;
    const waitMs = backoffMs(attempt++, random());
    become({ state: 'lost', retryAtMs: timers.now() + waitMs });
    cancelTimer = timers.after(waitMs, connect);
    if (!isHeard) void inquire();
  }

  /** The browser does not tell why; an ordinary request does. */
  async function inquire(): Promise<void> {
    const refusal = (await askRefusal?.()) ?? null;
    if (closed || connection.state === 'open') return;
    if (refusal?.kind !== 'no-upgrade') {
      timesWithoutUpgrade = 0;
      become({ refusal });
    } else if (way === 'socket' && ++timesWithoutUpgrade >= SURE_AFTER && openEvents) {
      way = 'events';
      become({ refusal });
      connect();
    }
  }

  function receive(message: ServerMessage): Step | null {
    if (message.type === 'hello') {
      attempt = 0; // not on opening: a proxy may accept for a server that is gone
      about = message.about;
      if (way === 'socket') timesWithoutUpgrade = 0;
      become({ refusal: way === 'socket' ? null : (connection.refusal ?? null) });
    } else if (message.type === 'data' || message.type === 'change') {
      const subscription = subscriptions.get(message.id);
      return subscription ? () => renew(subscription, message) : null;
    } else if (message.type === 'trouble' && message.id !== undefined) {
      const allowed = message.allowed ? `; allowed: ${message.allowed}` : '';
      subscriptions.get(message.id)?.sink.trouble(`${message.message}${allowed}`);
    }
    return null;
  }

  function renew(subscription: Subscription, message: Renewal): Step | null {
    const { id } = message;
    const value = renewed(subscription, message);
    if (!value) {
      send({ type: 'unsubscribe', id });
      ask(id, subscription);
      return null;
    }
    subscription.value = value;
    return () => {
      const skipped = message.type === 'data' ? (message.skipped ?? 0) : 0;
      if (subscriptions.get(id) === subscription) subscription.sink.data(value, skipped);
      return null;
    };
  }

  /** For a whole value, then changes. */
  function ask(id: string, subscription: Subscription): void {
    subscription.value = null;
    const { topic, params } = subscription;
    send({ type: 'subscribe', id, topic, params, changes: true });
  }

  function send(message: ClientMessage): void {
    if (wire && connection.state === 'open') wire.send(JSON.stringify(message));
  }

  connect();

  return {
    subscribe(topic, params, sink) {
      const id = String(++lastId);
      const subscription: Subscription = { topic, params, sink, value: null };
      subscriptions.set(id, subscription);
      ask(id, subscription);
      return () => {
        if (subscriptions.delete(id)) send({ type: 'unsubscribe', id });
      };
    },
    connection: () => connection,
    about: () => about,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wake() {
      if (connection.state === 'lost' && wire === null) connect();
    },
    close() {
      closed = true;
      lose();
    },
  };
}
