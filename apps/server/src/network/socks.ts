// A connection through a SOCKS5 proxy, which looks the name up itself, as Go has it do.
// https://www.rfc-editor.org/rfc/rfc1928

import { connect, isIPv4, isIPv6, type Socket } from 'node:net';
import { failureWords } from './failure-words.ts';
import { ProxyError } from './proxy-error.ts';
import { credentialsOf, hostOf, type ProxyServer, portOf } from './proxy-url.ts';
import type { TunnelTarget } from './tunnel-target.ts';

const VERSION = 5;
const NO_LOGIN = 0;
const PASSWORD = 2;
const FAULTS: Readonly<Record<number, string>> = {
  1: 'a general failure',
  2: 'its rules do not allow it',
  3: 'the network is unreachable',
  4: 'the host is unreachable',
  5: 'the connection was refused',
  6: 'the time ran out',
  7: 'it does not know the command',
  8: 'it does not know this kind of address',
};

export async function openSocks(proxy: ProxyServer, target: TunnelTarget): Promise<Socket> {
  const { host, port, timeoutMs, signal } = target;
  const socket = connect({ host: hostOf(proxy.url), port: portOf(proxy.url) });
  const end = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
  const read = createReader(socket, end);
  const login = credentialsOf(proxy);
  try {
    socket.write(Buffer.of(VERSION, login ? 2 : 1, NO_LOGIN, ...(login ? [PASSWORD] : [])));
    const [version, method] = await read(2);
    if (version !== VERSION) throw new Error('speaks no SOCKS5');
    if (method === PASSWORD && login) await logIn(socket, read, login);
    else if (method !== NO_LOGIN) throw new Error('wants a user and a password: write them into its URL');
    socket.write(Buffer.concat([Buffer.of(VERSION, 1, 0), addressOf(host), portBytes(port)]));
    const [, fault = 1, , kind] = await read(4);
    if (fault !== 0) throw new Error(`refused to connect to ${host}:${port}: ${FAULTS[fault] ?? fault}`);
    const length = kind === 1 ? 4 : kind === 4 ? 16 : ((await read(1))[0] ?? 0);
    await read(length + 2);
    read.release();
    return socket;
  } catch (error) {
    socket.destroy();
    signal?.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    const what = end.aborted
      ? `did not answer within ${timeoutMs / 1000} s`
      : code
        ? `cannot be reached: ${failureWords({ code })}`
        : message;
    throw new ProxyError(proxy, host, what, error);
  }
}

interface Reader {
  (bytes: number): Promise<Buffer>;
  /** Gives back what came too early, and stops reading. */
  release(): void;
}

function createReader(socket: Socket, end: AbortSignal): Reader {
  let held = Buffer.alloc(0);
  let failure: Error | null = null;
  let wake = () => {};
  const onData = (piece: Buffer) => {
    held = Buffer.concat([held, piece]);
    wake();
  };
  const fail = (error: Error) => {
    failure ??= error;
    wake();
  };
  const onClose = () => fail(new Error('hung up'));
  const onEnd = () => fail(new Error('too late'));
  socket.on('data', onData).on('error', fail).on('close', onClose);
  end.addEventListener('abort', onEnd);
  const read = async (bytes: number): Promise<Buffer> => {
    while (held.length < bytes) {
      if (failure) throw failure;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const piece = held.subarray(0, bytes);
    held = held.subarray(bytes);
    return piece;
  };
  return Object.assign(read, {
    release() {
      socket.pause();
      socket.off('data', onData).off('error', fail).off('close', onClose);
      end.removeEventListener('abort', onEnd);
      if (held.length > 0) socket.unshift(held);
    },
  });
}

async function logIn(
  socket: Socket,
  read: Reader,
  { user, password }: { readonly user: string; readonly password: string },
): Promise<void> {
  const [name, secret] = [Buffer.from(user), Buffer.from(password)];
  socket.write(Buffer.concat([Buffer.of(1, name.length), name, Buffer.of(secret.length), secret]));
  const [, status] = await read(2);
  if (status !== 0) throw new Error('does not accept the user and the password in its URL');
}

function addressOf(host: string): Buffer {
  if (isIPv4(host)) return Buffer.of(1, ...host.split('.').map(Number));
  if (isIPv6(host)) return Buffer.concat([Buffer.of(4), ipv6Bytes(host)]);
  const name = Buffer.from(host);
  return Buffer.concat([Buffer.of(3, name.length), name]);
}

function ipv6Bytes(host: string): Buffer {
  const [head = '', tail] = host.split('::');
  const groups = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const all = [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 255]));
}

function portBytes(port: number): Buffer {
  return Buffer.of(port >> 8, port & 255);
}
