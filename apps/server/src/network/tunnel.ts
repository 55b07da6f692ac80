// A connection through a proxy to one host and port: CONNECT over HTTP or HTTPS, or SOCKS5. What flows in it is nobody's business here.
// https://www.rfc-editor.org/rfc/rfc9110#CONNECT

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { failureWords } from './failure-words.ts';
import { ProxyError } from './proxy-error.ts';
import { hostOf, isSocks, type ProxyServer, portOf, proxyHeaders } from './proxy-url.ts';
import { openSocks } from './socks.ts';
import type { TunnelTarget } from './tunnel-target.ts';

const KEEP_ALIVE_MS = 30_000;

/** Throws a ProxyError. */
export async function openTunnel(proxy: ProxyServer, target: TunnelTarget): Promise<Socket> {
  const socket = await (isSocks(proxy) ? openSocks(proxy, target) : connectThrough(proxy, target));
  socket.setNoDelay(true);
  // A tunnel is silent for as long as a watch is: the kernel asks whether the proxy is still there.
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  return socket;
}

function connectThrough(
  proxy: ProxyServer,
  { host, port, timeoutMs, signal }: TunnelTarget,
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const start = proxy.url.protocol === 'https:' ? httpsRequest : httpRequest;
  const asking = start({
    host: hostOf(proxy.url),
    port: portOf(proxy.url),
    method: 'CONNECT',
    path: authority,
    agent: false,
    headers: { host: authority, ...proxyHeaders(proxy) },
    ...(signal ? { signal } : {}),
  });
  const fail = (what: string, cause?: unknown) => {
    clearTimeout(timer);
    reject(signal?.aborted ? signal.reason : new ProxyError(proxy, host, what, cause));
    asking.destroy();
  };
  const timer = setTimeout(() => fail(`did not answer within ${timeoutMs / 1000} s`), timeoutMs);
  asking.on('error', (error: NodeJS.ErrnoException) =>
    fail(`cannot be reached: ${failureWords(error)}`, error),
  );
  asking.on('response', (answer) => fail(refusal(answer, authority)));
  asking.on('connect', (answer, socket, head) => {
    clearTimeout(timer);
    if (answer.statusCode === undefined || answer.statusCode < 200 || answer.statusCode > 299) {
      socket.destroy();
      return fail(refusal(answer, authority));
    }
    if (head.length > 0) socket.unshift(head);
    resolve(socket as Socket);
  });
  asking.end();
  return promise;
}

function refusal({ statusCode = 0, statusMessage = '' }: IncomingMessage, authority: string): string {
  const said = statusMessage ? ` ${statusMessage.slice(0, 100)}` : '';
  return statusCode === 407
    ? `wants a user and a password (407${said}): write them into its URL`
    : `refused to connect to ${authority}: ${statusCode}${said}`;
}
