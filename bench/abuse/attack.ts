// What an attack is given, and the tools of all of them: requests from any address of loopback, and bare connections.

import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Target {
  readonly url: string;
  /** Opens the badge and the pictures of one namespace. */
  readonly link: string;
  /** Of somebody who may look, and of one who may watch requests. */
  readonly viewerToken: string;
  readonly tapperToken: string;
}

export interface Attack {
  readonly name: string;
  /** Goes on until it is told to end. `count` is called with each thing done, and what came of it. */
  run(target: Target, count: (outcome: string) => void, signal: AbortSignal): Promise<void>;
}

export interface Asked {
  readonly path: string;
  readonly from: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const agents = new Map<string, Agent>();
const WITHIN_MS = 30_000;

/** The status, or the error's code. */
export async function ask({ url }: Target, { path, from, method = 'GET', headers = {}, body }: Asked) {
  const agent = agents.get(from) ?? new Agent({ keepAlive: true, maxSockets: 20 });
  agents.set(from, agent);
  try {
    const sent = request(`${url}${path}`, {
      ...{ method, agent, headers, localAddress: from },
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    sent.end(body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    for await (const _ of answer);
    return String(answer.statusCode);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).name;
  }
}

/** So many a second, a few at once. */
export async function keepAsking(
  perSecond: number,
  atOnce: number,
  one: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  async function worker(): Promise<void> {
    while (!signal.aborted) {
      const startedMs = performance.now();
      await one();
      const restMs = (1000 * atOnce) / perSecond - (performance.now() - startedMs);
      if (restMs > 0) await sleep(restMs);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Resolves when it is open, or with what became of it. Errors of it are nobody's trouble. */
export async function dial({ url }: Target, from: string): Promise<Socket | null> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), localAddress: from });
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
  return socket.destroyed ? null : socket;
}

export function upgradeHead(target: Target, path: string, more: readonly string[] = []): string {
  return [
    `GET ${path} HTTP/1.1`,
    `Host: ${new URL(target.url).host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: bGF0Y2h3b3JrLWJlbmNoIQ==',
    ...more,
    '',
    '',
  ].join('\r\n');
}

/** Of a client: masked with zeros. */
export function textFrame(text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(body.length < 65_536 ? 4 : 10);
  head[0] = 0x81;
  if (body.length < 126) return Buffer.concat([Buffer.of(0x81, 0x80 | body.length, 0, 0, 0, 0), body]);
  if (body.length < 65_536) {
    head[1] = 0xfe;
    head.writeUInt16BE(body.length, 2);
  } else {
    head[1] = 0xff;
    head.writeBigUInt64BE(BigInt(body.length), 2);
  }
  return Buffer.concat([head, Buffer.alloc(4), body]);
}
