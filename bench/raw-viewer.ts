// A viewer of the live socket that only counts: a thousand of them in one process leave the processor to the server.

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const BEAT_EVERY_MS = 5_000;

export interface RawViewer {
  readonly bytes: number;
  close(): void;
}

export interface RawOptions {
  readonly topic: string;
  readonly params?: object;
  /** Of the loopback network: one address may open so many sockets. */
  readonly from?: string;
  /** As often as that many viewers. */
  readonly times?: number;
}

/** Follows one topic, with changes and compressed, as the page does. */
export async function followRaw(
  url: string,
  { topic, params = {}, from = '127.0.0.1', times = 1 }: RawOptions,
): Promise<RawViewer> {
  const { hostname, port, host } = new URL(url);
  const socket: Socket = connect({ port: Number(port), host: hostname, localAddress: from });
  await once(socket, 'connect');
  socket.write(
    [
      'GET /api/live HTTP/1.1',
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: bGF0Y2h3b3JrLWJlbmNoIQ==',
      'Sec-WebSocket-Extensions: permessage-deflate',
      '',
      '',
    ].join('\r\n'),
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  if (!answer.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(`no socket: ${answer}`);
  let bytes = 0;
  socket.on('data', (chunk) => {
    bytes += chunk.length;
  });
  // Answers a ping without having looked for one: whoever is silent is taken for gone.
  const beating = setInterval(() => socket.write(frame(0x8a, '')), BEAT_EVERY_MS);
  socket.on('close', () => clearInterval(beating));
  socket.on('error', () => undefined);
  for (let id = 1; id <= times; id++)
    socket.write(
      frame(0x81, JSON.stringify({ type: 'subscribe', id: String(id), topic, params, changes: true })),
    );
  return {
    get bytes() {
      return bytes;
    },
    close: () => socket.destroy(),
  };
}

/** From a client: masked, here with zeros. At most 64 KiB. */
function frame(first: number, text: string): Buffer {
  const body = Buffer.from(text);
  const length = body.length < 126 ? [0x80 | body.length] : [0xfe, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.of(first, ...length, 0, 0, 0, 0), body]);
}
