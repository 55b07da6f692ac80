import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket as Client, WebSocketServer } from 'ws';
import { Payload } from '../../feeds/payload.ts';
import { writeDeflated } from './deflated-message.ts';

/** A client that has agreed on compression, and what it gets. */
async function connect() {
  const http = createServer();
  const server = new WebSocketServer({
    server: http,
    perMessageDeflate: { serverNoContextTakeover: true, clientNoContextTakeover: true },
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const accepted = new Promise<import('node:stream').Duplex>((resolve) =>
    server.on('connection', (_socket, { socket }) => resolve(socket)),
  );
  const client = new Client(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  const got: string[] = [];
  client.on('message', (data, isBinary) => got.push(isBinary ? 'binary' : String(data)));
  const failed: Error[] = [];
  client.on('error', (error) => failed.push(error));
  onTestFinished(async () => {
    client.terminate();
    server.close();
    http.close();
  });
  const stream = await accepted;
  return { stream, got, failed, send: (text: string) => send(stream, text) };
}

function send(stream: import('node:stream').Duplex, text: string): Promise<number> {
  const { deflated } = new Payload(Buffer.from(JSON.stringify(text)));
  return new Promise((resolve) =>
    writeDeflated(stream, ['{"value":', deflated, '}'], () => resolve(deflated.length)),
  );
}

describe('writeDeflated(stream, [head, deflated, tail])', () => {
  it.each([0, 60, 1_000, 70_000, 3_000_000])(
    'is a message that any client reads, of %i characters',
    async (size) => {
      const { got, failed, send: sendText } = await connect();
      const text = Array.from({ length: size }, (_, index) =>
        String.fromCodePoint(97 + ((index * index) % 26)),
      ).join('');
      await sendText(text);
      await sendText(`${text}é`);
      await expect.poll(() => got.length + failed.length).toBe(2);
      expect(failed).toEqual([]);
      expect(got.map((message) => JSON.parse(message).value)).toEqual([text, `${text}é`]);
    },
  );

  it('compresses a payload once, however many get it', () => {
    const payload = new Payload(Buffer.from('x'.repeat(10_000)));
    expect(payload.deflated).toBe(payload.deflated);
    expect(payload.deflated.length).toBeLessThan(100);
  });
});
