// One WebSocket to the API server, or the status with which it was refused.

import { isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import WebSocket from 'ws';
import { hostOf, type ProxyServer, portOf } from '../../../network/proxy-url.ts';
import { openTunnel } from '../../../network/tunnel.ts';
import type { ClusterConfig } from '../kubeconfig/cluster-config.ts';
import type { Credential } from '../kubeconfig/credentials.ts';
import { toConnectionError } from './connection-error.ts';

export interface SocketOptions {
  readonly url: string;
  readonly protocol: string;
  readonly cluster: ClusterConfig;
  readonly credential: Credential;
  readonly proxy: ProxyServer | null;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

export interface SocketRefusal {
  readonly refusal: number;
  readonly text: string;
}

const REFUSAL_LIMIT = 16_384;

/** Paused: whoever gets it listens first, and then resumes it. */
export async function openSocket(options: SocketOptions): Promise<WebSocket | SocketRefusal> {
  const { url, protocol, cluster, credential, signal, timeoutMs } = options;
  const tls = tlsOf(options);
  const createConnection = await connectionThrough(options, tls);
  const { promise, resolve, reject } = Promise.withResolvers<WebSocket | SocketRefusal>();
  const socket = new WebSocket(url, protocol, {
    headers: { 'user-agent': 'latchwork', ...credential.headers },
    handshakeTimeout: timeoutMs,
    perMessageDeflate: false,
    ...tls,
    ...(createConnection === null ? {} : { createConnection }),
  });
  const onAbort = (): void => socket.terminate();
  const settle = (): void => signal.removeEventListener('abort', onAbort);
  signal.addEventListener('abort', onAbort);
  socket.once('open', () => {
    // Its first messages may be here already, before anybody listens.
    socket.pause();
    settle();
    resolve(socket);
  });
  socket.on('unexpected-response', (sent, answer) => {
    let text = '';
    answer.setEncoding('utf8');
    answer.on('data', (piece: string) => {
      if (text.length < REFUSAL_LIMIT) text += piece;
    });
    answer.on('close', () => {
      settle();
      sent.destroy();
      resolve({ refusal: answer.statusCode ?? 0, text });
    });
  });
  socket.on('error', (error) => {
    settle();
    reject(signal.aborted ? signal.reason : toConnectionError(error, cluster.server));
  });
  if (signal.aborted) onAbort();
  return promise;
}

function tlsOf({ cluster, credential: { ca, certificate, key } }: SocketOptions): ConnectionOptions {
  return {
    rejectUnauthorized: !cluster.skipTlsVerify,
    ...(ca === null ? {} : { ca }),
    ...(certificate === null ? {} : { cert: certificate }),
    ...(key === null ? {} : { key }),
    ...(cluster.tlsServerName === null ? {} : { servername: cluster.tlsServerName }),
  };
}

/** Null: straight. The tunnel has to be there before the library asks for a connection. */
async function connectionThrough(
  { url, proxy, cluster, signal, timeoutMs }: SocketOptions,
  tls: ConnectionOptions,
): Promise<(() => Socket) | null> {
  if (proxy === null) return null;
  const server = new URL(url.replace(/^ws/, 'http'));
  const host = hostOf(server);
  try {
    const socket = await openTunnel(proxy, { host, port: portOf(server), timeoutMs, signal });
    const servername = tls.servername ?? (isIP(host) ? '' : host);
    return () => (server.protocol === 'https:' ? connectTls({ ...tls, host, servername, socket }) : socket);
  } catch (error) {
    signal.throwIfAborted();
    throw toConnectionError(error, cluster.server);
  }
}
