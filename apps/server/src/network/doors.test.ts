import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createDoors, type Doors } from './doors.ts';

const HOST = '127.0.0.1';
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function start(port = 0): Promise<{ server: Server; doors: Doors; port: number }> {
  const doors = createDoors({ host: HOST, port });
  const server = createServer((_request, response) => response.end('in'));
  const first = await doors.first();
  server.listen({ host: HOST, port, ...first });
  await once(server, 'listening');
  const actual = (server.address() as AddressInfo).port;
  await doors.open(server, actual);
  ends.push(() => {
    doors.close();
    server.close();
    server.closeAllConnections();
  });
  return { server, doors, port: actual };
}

async function ask(port: number): Promise<string> {
  const sent = get({ host: HOST, port, agent: false });
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const piece of answer) text += piece;
  return text;
}

describe.runIf(process.platform === 'linux')('doors', () => {
  it('all lead to the same server', async () => {
    const { port } = await start();
    expect(await Promise.all(Array.from({ length: 60 }, () => ask(port)))).toEqual(Array(60).fill('in'));
  });

  it('let several in within one turn of a busy event loop', async () => {
    const { port, server } = await start();
    const sockets = Array.from({ length: 120 }, () => connect(port, HOST));
    ends.push(() => {
      for (const socket of sockets) socket.destroy();
    });
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    let came = 0;
    server.on('connection', () => came++);
    let turns = 0;
    while (came < 60 && turns < 1_000) {
      await new Promise((resolve) => setImmediate(resolve));
      turns++;
    }
    // A single listener takes one in each.
    expect(turns).toBeLessThan(40);
  });

  it('are not shared with another server', async () => {
    const { port } = await start();
    await expect(start(port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('leave the port free once they are closed', async () => {
    const { port, server, doors } = await start();
    doors.close();
    server.close();
    await once(server, 'close');
    await start(port);
    expect(await ask(port)).toBe('in');
  });
});
