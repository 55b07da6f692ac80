// One WebSocket to the API server, or the status with which it was refused.

import WebSocket from 'ws';
import type { ClusterConfig } from '../kubeconfig/cluster-config.ts';
import type { Credential } from '../kubeconfig/credentials.ts';
import { toConnectionError } from './connection-error.ts';

export interface SocketOptions {
  readonly url: string;
  readonly protocol: string;
  readonly cluster: ClusterConfig;
  readonly credential: Credential;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

export interface SocketRefusal {
  readonly refusal: number;
  readonly text: string;
}

const REFUSAL_LIMIT = 16_384;

/** Paused: whoever gets it listens first, and then resumes it. */
export function openSocket(options: SocketOptions): Promise<WebSocket | SocketRefusal> {
  const { url, protocol, cluster, credential, signal, timeoutMs } = options;
  const { promise, resolve, reject } = Promise.withResolvers<WebSocket | SocketRefusal>();
  const socket = new WebSocket(url, protocol, {
    headers: { 'user-agent': 'latchwork', ...credential.headers },
    handshakeTimeout: timeoutMs,
    perMessageDeflate: false,
    rejectUnauthorized: !cluster.skipTlsVerify,
    ...(credential.ca === null ? {} : { ca: credential.ca }),
    ...(credential.certificate === null ? {} : { cert: credential.certificate }),
    ...(credential.key === null ? {} : { key: credential.key }),
    ...(cluster.tlsServerName === null ? {} : { servername: cluster.tlsServerName }),
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
