// One POST whose answer is a stream, by plain HTTP(S). Knows no tap: whoever has other credentials brings another one.

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { withoutEndSlashes } from '../../end-slashes.ts';

export interface TapAnswer {
  readonly status: number;
  header(name: string): string | null;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Rejects when nobody answers. Aborting ends the answer's body too. */
export type TapTransport = (path: string, body: Uint8Array, signal: AbortSignal) => Promise<TapAnswer>;

/** Only for the connection: an answer begins with the first request that somebody makes, which may be never. */
const CONNECT_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;

export function createHttpTapTransport(url: string, connectMs: number = CONNECT_MS): TapTransport {
  const base = withoutEndSlashes(url);
  const start = base.startsWith('https:') ? httpsRequest : httpRequest;
  const connectedEvent = base.startsWith('https:') ? 'secureConnect' : 'connect';

  return (path, body, signal) =>
    new Promise((resolve, reject) => {
      const request = start(`${base}${path}`, {
        method: 'POST',
        agent: false,
        signal,
        headers: { 'content-type': 'application/octet-stream', 'content-length': body.length },
      });
      const timer = setTimeout(
        () => request.destroy(new Error(`no connection within ${connectMs / 1000} s`)),
        connectMs,
      );
      request.on('socket', (socket) => {
        // A proxy in between may forget a silent connection without a word: the kernel asks.
        socket.setKeepAlive(true, KEEP_ALIVE_MS);
        socket.once(connectedEvent, () => clearTimeout(timer));
      });
      request.on('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      request.on('response', (response) => {
        clearTimeout(timer);
        resolve(toAnswer(response));
      });
      request.end(body);
    });
}

function toAnswer(response: IncomingMessage): TapAnswer {
  return {
    status: response.statusCode ?? 0,
    header(name) {
      const value = response.headers[name];
      return Array.isArray(value) ? value.join(', ') : (value ?? null);
    },
    body: response,
  };
}
