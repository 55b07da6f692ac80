// A response as the socket that a live session talks to: each message is one server-sent event.

import type { ServerResponse } from 'node:http';
import type { LiveSessionOptions } from './live-session.ts';

type Socket = LiveSessionOptions['socket'];
type Fragment = { readonly fin?: boolean | undefined };

/** `onMessage` is called with each whole message after it was written. */
export function createEventStream(
  response: ServerResponse,
  onMessage: (message: string) => void,
): Socket & { end(): void } {
  let open = true;
  let parts: string[] = [];
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
      parts.push(String(data));
      if (fragment.fin === false) return;
      const message = parts.join('');
      parts = [];
      response.write(`data: ${message}\n\n`, () => flushed?.());
      onMessage(message);
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
