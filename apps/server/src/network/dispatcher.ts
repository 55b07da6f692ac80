// Connections to a server for HTTP requests, straight or through a proxy. Knows no server.

import { Agent, buildConnector, type Dispatcher } from 'undici';
import { failureWords } from './failure-words.ts';
import { ProxyError } from './proxy-error.ts';
import { hostOf, isSocks, type ProxyServer, portOf, proxyHeaders } from './proxy-url.ts';
import { openTunnel } from './tunnel.ts';

export interface DispatcherOptions extends Omit<Agent.Options, 'connect'> {
  readonly proxy: ProxyServer | null;
  /** TLS of the server, and how long a connection may take. */
  readonly connect: buildConnector.BuildOptions;
}

const CONNECT_MS = 10_000;

export function createDispatcher({ proxy, connect, ...options }: DispatcherOptions): Dispatcher {
  if (proxy === null) return new Agent({ ...options, connect });
  const connector = buildConnector({ ...connect, allowH2: false });
  const agent = new Agent({
    ...options,
    connect: (target, done) => void dial(proxy, connect, connector, target, done),
  });
  return agent.compose((dispatch) => (request, handler) => {
    if (!isForwarded(proxy, request.origin)) return dispatch(request, handler);
    // Plain HTTP is handed to the proxy with its whole address: many allow CONNECT for TLS alone.
    return dispatch(
      {
        ...request,
        path: `${String(request.origin)}${request.path}`,
        headers: { ...(request.headers as Record<string, string>), ...proxyHeaders(proxy) },
      },
      handler,
    );
  });
}

function isForwarded(proxy: ProxyServer, origin: string | URL | undefined): boolean {
  return !isSocks(proxy) && String(origin).startsWith('http:');
}

async function dial(
  proxy: ProxyServer,
  { timeout }: buildConnector.BuildOptions,
  connector: buildConnector.connector,
  target: buildConnector.Options,
  done: buildConnector.Callback,
): Promise<void> {
  try {
    if (isForwarded(proxy, target.protocol)) return toProxy(proxy, target.hostname, timeout, done);
    const url = new URL(`${target.protocol}//${target.host ?? target.hostname}`);
    const tunnel = await openTunnel(proxy, {
      host: hostOf(url),
      port: target.port ? Number(target.port) : portOf(url),
      timeoutMs: timeout ?? CONNECT_MS,
    });
    if (target.protocol === 'https:') connector({ ...target, httpSocket: tunnel }, done);
    else done(null, tunnel);
  } catch (error) {
    done(error as Error, null);
  }
}

function toProxy(
  proxy: ProxyServer,
  host: string,
  timeout: number | null | undefined,
  done: buildConnector.Callback,
): void {
  const connect = buildConnector({ timeout: timeout ?? CONNECT_MS, allowH2: false });
  const { protocol } = proxy.url;
  connect(
    { hostname: hostOf(proxy.url), host: proxy.url.host, protocol, port: String(portOf(proxy.url)) },
    (...[error, socket]) => {
      if (error === null) return done(null, socket);
      const { code, message } = error as NodeJS.ErrnoException;
      done(new ProxyError(proxy, host, `cannot be reached: ${failureWords({ code, message })}`, error), null);
    },
  );
}
