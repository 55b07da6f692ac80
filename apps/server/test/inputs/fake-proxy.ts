// A forward proxy as companies have it: absolute addresses, CONNECT and SOCKS5, whatever the name, to one port of this machine.

import { createServer as createHttp, request } from 'node:http';
import { type AddressInfo, connect, createServer as createTcp, type Server, type Socket } from 'node:net';

export interface FakeProxy {
  readonly port: number;
  /** `CONNECT name:port`, `GET http://name/path` or `SOCKS name:port`, as asked for. */
  readonly seen: string[];
  /** The header `proxy-authorization` of each, or the user and password of SOCKS. */
  readonly logins: (string | undefined)[];
  /** Takes the place of the connection: an HTTP status, or the fault of SOCKS. */
  refuse: number | null;
  close(): Promise<void>;
}

interface Options {
  /** Where everything leads. */
  readonly to: number;
  readonly login?: { readonly user: string; readonly password: string };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function closing(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  });
  return () =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
}

function join(near: Socket, to: number, ready: () => void): void {
  const far = connect(to, '127.0.0.1', () => {
    ready();
    near.pipe(far).pipe(near);
  });
  far.on('error', () => near.destroy());
  near.on('close', () => far.destroy());
}

export async function startHttpProxy({ to }: Options): Promise<FakeProxy> {
  const server = createHttp((asked, answer) => {
    proxy.seen.push(`${asked.method} ${asked.url}`);
    proxy.logins.push(asked.headers['proxy-authorization']);
    if (proxy.refuse !== null) return void answer.writeHead(proxy.refuse).end('<html>proxy</html>');
    const { pathname, search } = new URL(asked.url ?? '', 'http://x');
    const passed = request(
      { port: to, host: '127.0.0.1', method: asked.method, path: pathname + search, headers: asked.headers },
      (got) => {
        answer.writeHead(got.statusCode ?? 0, got.headers);
        got.pipe(answer);
      },
    );
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  server.on('connect', (asked, near: Socket) => {
    proxy.seen.push(`CONNECT ${asked.url}`);
    proxy.logins.push(asked.headers['proxy-authorization']);
    if (proxy.refuse !== null) return void near.end(`HTTP/1.1 ${proxy.refuse} Not here\r\n\r\n`);
    join(near, to, () => near.write('HTTP/1.1 200 OK\r\n\r\n'));
  });
  const close = closing(server);
  const proxy: FakeProxy = { port: await listening(server), seen: [], logins: [], refuse: null, close };
  return proxy;
}

export async function startSocksProxy({ to, login }: Options): Promise<FakeProxy> {
  const server = createTcp(async (near) => {
    const pieces = near[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    let held = Buffer.alloc(0);
    async function read(bytes: number): Promise<Buffer> {
      while (held.length < bytes) {
        const { value, done } = await pieces.next();
        if (done) throw new Error('hung up');
        held = Buffer.concat([held, value]);
      }
      const piece = held.subarray(0, bytes);
      held = held.subarray(bytes);
      return piece;
    }
    const text = async () => (await read((await read(1))[0] ?? 0)).toString();
    try {
      const [, methods = 0] = await read(2);
      await read(methods);
      near.write(Buffer.of(5, login ? 2 : 0));
      if (login) {
        await read(1);
        const given = `${await text()}:${await text()}`;
        proxy.logins.push(given);
        near.write(Buffer.of(1, given === `${login.user}:${login.password}` ? 0 : 1));
      }
      const [, , , kind = 0] = await read(4);
      const host = kind === 3 ? await text() : [...(await read(kind === 1 ? 4 : 16))].join('.');
      proxy.seen.push(`SOCKS ${host}:${(await read(2)).readUInt16BE()}`);
      near.write(Buffer.of(5, proxy.refuse ?? 0, 0, 1, 0, 0, 0, 0, 0, 0));
      if (proxy.refuse !== null) return void near.end();
      const far = connect(to, '127.0.0.1');
      far.on('data', (piece) => near.write(piece)).on('error', () => near.destroy());
      far.on('close', () => near.end());
      near.on('close', () => far.destroy());
      far.write(held);
      for (;;) {
        const { value, done } = await pieces.next();
        if (done) break;
        far.write(value);
      }
    } catch {
      near.destroy();
    }
  });
  const close = closing(server);
  const proxy: FakeProxy = { port: await listening(server), seen: [], logins: [], refuse: null, close };
  return proxy;
}
