// A server with a life: open on a host and port (0 for a free one), closed with every connection it still has.

import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Listening {
  readonly url: string;
  readonly address: string;
  readonly server: Server;
  close(): Promise<void>;
}

interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
  /** Whose client certificates are believed. */
  readonly ca: string;
}

export async function listen(
  handler: RequestListener,
  host: string,
  port: number,
  tls: TlsMaterial | null = null,
): Promise<Listening> {
  const server: Server = tls
    ? createTlsServer({ ...tls, requestCert: true, rejectUnauthorized: false }, handler)
    : createServer(handler);
  // Kubernetes and Prometheus keep connections; nobody here needs to be rid of them early.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = server.address() as AddressInfo;
  const address = `${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
  return {
    server,
    address,
    url: `${tls ? 'https' : 'http'}://${address}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
