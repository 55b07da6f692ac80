// What stands between browsers and the server where teams run it: a login whose sessions end, or a proxy that passes no WebSocket.

import { request as ask, createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Front {
  readonly url: string;
  /** From now on everything is sent to the login of another site. */
  endSessions(): void;
  /** What a browser gets back for having signed in. */
  signIn(): void;
  close(): void;
}

export async function startFront(target: string, { upgrades }: { upgrades: boolean }): Promise<Front> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket | Duplex>();
  let isOver = false;

  const server: Server = createServer((from, to) => {
    if (isOver) {
      to.writeHead(302, { location: 'https://login.example.com/authorize' }).end();
      return;
    }
    const { method, url, headers } = from;
    const upstream = ask({ hostname, port, method, path: url, headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    upstream.on('error', () => to.destroy());
    to.on('close', () => upstream.destroy());
    from.pipe(upstream);
  });
  server.on('upgrade', (from: IncomingMessage, socket: Duplex, head: Buffer) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    if (isOver) socket.end('HTTP/1.1 302 Found\r\nLocation: https://login.example.com/\r\n\r\n');
    else if (!upgrades) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else {
      const upstream = connect(Number(port), hostname, () => {
        const lines = Object.entries(from.headers).map(([name, value]) => `${name}: ${value}`);
        upstream.write(`GET ${from.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
        upstream.write(head);
        socket.pipe(upstream).pipe(socket);
      });
      sockets.add(upstream);
      upstream.on('error', () => socket.destroy());
      socket.on('close', () => upstream.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as { port: number };

  function endAll(): void {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    server.closeAllConnections();
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    endSessions() {
      isOver = true;
      endAll();
    },
    signIn() {
      isOver = false;
    },
    close() {
      endAll();
      server.close();
    },
  };
}
