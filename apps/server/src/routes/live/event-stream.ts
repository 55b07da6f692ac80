// A response as the socket that a live session talks to: each message is one server-sent event.

import type { ServerResponse } from 'node:http';
import type { LiveSessionOptions } from './live-session.ts';

type Socket = LiveSessionOptions['socket'];
type Fragment = { readonly fin?: boolean | undefined };

/** `onAnswered` is called with the id of each message that has one, after it was written. */
export function createEventStream(
  response: ServerResponse,
  onAnswered?: (id: string) => void,
): Socket & { end(): void } {
  let open = true;
  let parts: (string | Buffer)[] = [];
  response.on('close', () => {
    open = false;
  });
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Understood by nginx: without it the first events wait for a full buffer.
    'x-accel-buffering': 'no',
  });

  return {
    OPEN: 1,
    get readyState() {
      return open ? 1 : 3;
    },
    get bufferedAmount() {
      return response.writableLength;
    },
    send(
      data: unknown,
      options?: Fragment | ((error?: Error) => void),
      callback?: (error?: Error) => void,
    ): void {
      const fragment = typeof options === 'object' ? options : {};
      const flushed = typeof options === 'function' ? options : callback;
      parts.push(data as string | Buffer);
      if (fragment.fin === false) return;
      const message = parts;
      parts = [];
      // In pieces, so that the large one is the same memory for all readers.
      response.cork();
      response.write('data: ');
      for (const part of message) response.write(part);
      response.write('\n\n', () => flushed?.());
      response.uncork();
      const id = onAnswered && idOf(message);
      if (id !== undefined) onAnswered?.(id);
    },
    end() {
      open = false;
      response.end();
    },
    terminate() {
      open = false;
      response.destroy();
    },
  } as Socket & { end(): void };
}

/** A value stands in a piece of its own, between what says whose it is and the end. */
function idOf([head = '', value]: readonly (string | Buffer)[]): string | undefined {
  return (JSON.parse(value === undefined ? String(head) : `${head}null}`) as { id?: string }).id;
}
