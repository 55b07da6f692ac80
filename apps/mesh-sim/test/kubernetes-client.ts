// A plain client of the simulated API server, for tests: JSON, watches line by line, port-forward sockets.

import WebSocket from 'ws';
import { STATIC_TOKEN } from '../src/kubernetes/tokens.ts';

export interface WatchEvent {
  readonly type: string;
  readonly object: {
    readonly kind: string;
    readonly code?: number;
    readonly message?: string;
    readonly metadata: { readonly name: string; readonly resourceVersion: string; readonly uid: string };
  };
}

export interface Listed {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: {
    readonly resourceVersion: string;
    readonly continue?: string;
    readonly remainingItemCount?: number;
  };
  readonly items: readonly {
    readonly apiVersion: string;
    readonly metadata: { readonly name: string; readonly namespace: string; readonly uid: string };
  }[];
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

export interface OpenWatch {
  readonly status: number;
  /** Null once the stream has ended, or was cut. */
  next(): Promise<WatchEvent | null>;
  close(): void;
}

export interface KubernetesTestClient {
  get<T>(path: string, token?: string): Promise<Answer<T>>;
  post<T>(path: string, body: unknown): Promise<Answer<T>>;
  watch(path: string): Promise<OpenWatch>;
  forward(path: string, protocol?: string): Promise<Forward | Answer<{ message: string }>>;
}

export interface Forward {
  readonly socket: WebSocket;
  /** All that each channel said so far; its first two bytes are the port. */
  readonly channels: Buffer[];
}

export function kubernetesClient(url: string): KubernetesTestClient {
  const signed = (token = STATIC_TOKEN) => ({ authorization: `Bearer ${token}` });

  return {
    async get(path, token) {
      const answer = await fetch(`${url}${path}`, { headers: signed(token) });
      return { status: answer.status, body: toBody(await answer.text()) };
    },
    async post(path, body) {
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { ...signed(), 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: toBody(await answer.text()) };
    },
    async watch(path) {
      const leave = new AbortController();
      const answer = await fetch(`${url}${path}`, { headers: signed(), signal: leave.signal });
      const lines = toLines(answer.body);
      return {
        status: answer.status,
        async next() {
          const { value, done } = await lines.next().catch(() => ({ value: undefined, done: true }));
          return done || value === undefined ? null : (JSON.parse(value) as WatchEvent);
        },
        close: () => leave.abort(),
      };
    },
    forward(path, protocol = 'v4.channel.k8s.io') {
      const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, protocol, { headers: signed() });
      const channels: Buffer[] = [];
      // Before it is open: the first messages may come with the answer itself.
      socket.on('message', (message: Buffer) => {
        const channel = message[0] ?? 0;
        channels[channel] = Buffer.concat([channels[channel] ?? Buffer.alloc(0), message.subarray(1)]);
      });
      return new Promise((resolve, reject) => {
        socket.once('open', () => resolve({ socket, channels }));
        socket.once('error', reject);
        socket.once('unexpected-response', (_, answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (piece: string) => {
            text += piece;
          });
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: toBody(text) }));
        });
      });
    },
  };
}

/** What is no JSON is handed out as it is. */
function toBody<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    return text as T;
  }
}

async function* toLines(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let held = '';
  for await (const piece of body ?? []) {
    held += decoder.decode(piece as Uint8Array, { stream: true });
    const parts = held.split('\n');
    held = parts.pop() ?? '';
    yield* parts;
  }
}
