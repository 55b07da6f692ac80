// A little HTTP server that answers the way a test wants, and remembers how it was asked.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly form: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

export interface HttpStore {
  readonly port: number;
  readonly url: string;
  readonly seen: SeenRequest[];
  /** Takes the place of the empty successful answer. */
  answer: (response: ServerResponse, request: SeenRequest) => void;
  /** Requests that are being answered right now, and the most at once. */
  running: number;
  mostRunning: number;
  close(): Promise<void>;
}

export function envelope(result: unknown, more: object = {}): string {
  return JSON.stringify({ status: 'success', data: { resultType: 'vector', result }, ...more });
}

export async function startHttpStore(): Promise<HttpStore> {
  const server = createServer(async (request, response) => {
    store.running++;
    store.mostRunning = Math.max(store.mostRunning, store.running);
    response.on('close', () => store.running--);
    let body = '';
    for await (const chunk of request) body += chunk;
    const { pathname, search } = new URL(request.url ?? '/', 'http://store');
    const seen: SeenRequest = {
      method: request.method ?? '',
      path: pathname,
      form: new URLSearchParams(body || search),
      headers: request.headers,
    };
    store.seen.push(seen);
    store.answer(response, seen);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const store: HttpStore = {
    port,
    url: `http://127.0.0.1:${port}`,
    seen: [],
    answer: (response) => response.end(envelope([])),
    running: 0,
    mostRunning: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return store;
}
