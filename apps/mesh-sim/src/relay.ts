// A relay in front of something that answers, which can be told to misbehave. It knows nothing of what it relays.

import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Listening, listen } from './listening.ts';

export const RELAY_MODES = [
  'pass',
  'hang',
  '500',
  'garbage',
  'half',
  'empty',
  'slow',
  'refuse',
  '401',
  '403',
] as const;
export type RelayMode = (typeof RELAY_MODES)[number];

/** A well-formed answer that says nothing. */
export interface EmptyAnswer {
  readonly type: string;
  readonly body: string;
}

export interface RelayOptions {
  readonly upstream: string;
  readonly host: string;
  readonly port: number;
  readonly empty: (path: string) => EmptyAnswer;
}

export interface Relay {
  readonly url: string;
  readonly mode: RelayMode;
  /** Takes effect at once: `hang` stops answers under way until `pass`; every other change but to `slow` cuts them. */
  turn(mode: RelayMode): void;
  close(): Promise<void>;
}

const SLOW_MS = 3_000;
const GARBAGE = '<!doctype html><html><body><h1>Please sign in</h1></body></html>\n';

export async function createRelay({ upstream, host, port, empty }: RelayOptions): Promise<Relay> {
  let mode: RelayMode = 'pass';
  const underWay = new Map<ServerResponse, IncomingMessage>();

  function pass(incoming: IncomingMessage, response: ServerResponse, half: boolean): void {
    const target = new URL(incoming.url ?? '/', upstream);
    const { host: _, connection: __, ...headers } = incoming.headers;
    const outgoing = ask(target, { method: incoming.method ?? 'GET', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.flushHeaders();
      if (half) {
        answer.once('data', (chunk: Buffer) => {
          response.write(chunk.subarray(0, Math.ceil(chunk.length / 2)), () => response.destroy());
          outgoing.destroy();
        });
        answer.once('end', () => response.destroy());
        return;
      }
      underWay.set(response, answer);
      answer.pipe(response);
      answer.once('error', () => response.destroy());
    });
    outgoing.once('error', (error) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502, { 'content-type': 'text/plain' }).end(`${upstream}: ${error.message}\n`);
    });
    response.once('close', () => {
      underWay.delete(response);
      outgoing.destroy();
    });
    incoming.pipe(outgoing);
  }

  function handle(incoming: IncomingMessage, response: ServerResponse): void {
    const path = (incoming.url ?? '/').split('?')[0] ?? '/';
    if (mode === 'pass' || mode === 'half') pass(incoming, response, mode === 'half');
    else if (mode === 'slow') {
      const timer = setTimeout(() => pass(incoming, response, false), SLOW_MS);
      response.once('close', () => clearTimeout(timer));
    } else if (mode === '500')
      response.writeHead(500, { 'content-type': 'text/plain' }).end('something broke\n');
    else if (mode === '401' || mode === '403')
      response.writeHead(Number(mode), { 'content-type': 'text/plain' }).end('who are you?\n');
    else if (mode === 'garbage') response.writeHead(200, { 'content-type': 'text/html' }).end(GARBAGE);
    else if (mode === 'empty') {
      const { type, body } = empty(path);
      response.writeHead(200, { 'content-type': type }).end(body);
    } else if (mode === 'refuse') incoming.socket.destroy();
    // `hang` is to say nothing at all.
  }

  const listening: Listening = await listen(handle, host, port);
  return {
    url: listening.url,
    get mode() {
      return mode;
    },
    turn(next) {
      const wasHanging = mode === 'hang';
      mode = next;
      for (const [response, answer] of underWay) {
        if (next === 'hang') answer.unpipe(response);
        else if (next === 'pass' && wasHanging) answer.pipe(response);
        else if (next !== 'pass' && next !== 'slow') response.destroy();
      }
      if (next === 'refuse') listening.server.closeAllConnections();
    },
    close: listening.close,
  };
}
