// The live socket's wire over plain HTTP, for where a proxy lets no WebSocket pass: one request says what is wanted, its
// answer streams. Where even that is held back until it is whole, the same request ends by itself and is asked again.

import type { ClientMessage, Subscribe } from '@latchwork/shared/live/live';
import type { LiveEventsRequest } from '@latchwork/shared/live/live-events';
import type { Wire } from './socket.ts';
import type { Timers } from './timers.ts';

/** Views subscribe one after the other while they are drawn: one request for all of them. */
const GATHER_MS = 30;
/** The server greets at once. Whoever has heard nothing by then sits behind a proxy that collects answers. */
const FIRST_WORD_MS = 5_000;
const POLL_EVERY_MS = 5_000;

export interface EventsWireOptions {
  readonly url: URL;
  readonly timers: Timers;
  readonly fetchFrom?: typeof fetch;
}

/** Whether a proxy was found to collect answers: it will go on doing so. */
let isCollecting = false;

export function openEventsWire({ url, timers, fetchFrom = fetch }: EventsWireOptions): Wire {
  const wanted = new Map<string, Subscribe>();
  let asking: AbortController | null = null;
  let cancelNext = () => {};
  let isOpen = false;
  let isClosed = false;

  const wire: Wire = {
    send(text) {
      const message = JSON.parse(text) as ClientMessage;
      if (message.type === 'subscribe') wanted.set(message.id, message);
      else if (message.type === 'unsubscribe') wanted.delete(message.id);
      else return; // the server beats by itself
      askIn(GATHER_MS);
    },
    close,
    onopen: null,
    onmessage: null,
    onclose: null,
  };

  function askIn(ms: number): void {
    cancelNext();
    cancelNext = timers.after(ms, () => void ask());
  }

  async function ask(): Promise<void> {
    asking?.abort();
    if (isClosed) return;
    const mine = new AbortController();
    asking = mine;
    const once = isCollecting;
    const cancelPatience = once
      ? () => {}
      : timers.after(FIRST_WORD_MS, () => {
          isCollecting = true;
          void ask();
        });
    try {
      const body: LiveEventsRequest = { subscriptions: [...wanted.values()], once };
      const answer = await fetchFrom(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        cache: 'no-store',
        redirect: 'error',
        signal: mine.signal,
      });
      if (!answer.ok || !answer.body) throw new Error(`the server answered ${answer.status}`);
      for await (const message of eventsOf(answer.body)) {
        cancelPatience();
        if (asking !== mine) return;
        if (!isOpen) {
          isOpen = true;
          wire.onopen?.();
        }
        wire.onmessage?.({ data: message });
      }
      if (asking !== mine) return;
      if (once) askIn(POLL_EVERY_MS);
      else close();
    } catch {
      if (asking === mine) close();
    } finally {
      cancelPatience();
    }
  }

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    cancelNext();
    asking?.abort();
    wire.onclose?.();
  }

  askIn(0);
  return wire;
}

/** The texts of server-sent events that each have one line of data. */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      const events = rest.split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) if (event.startsWith('data: ')) yield event.slice('data: '.length);
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}
