// A port on loopback that leads to a Service by the API server's own proxy: for those who may not forward ports. HTTP alone.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { KubernetesClient } from '../api/client.ts';
import type { ServicePort } from './external-prometheus.ts';

export interface ServiceProxyOptions {
  readonly client: KubernetesClient;
  readonly service: ServicePort;
  readonly isTls: boolean;
  /** What a request is answered that leads nowhere. */
  readonly refusal: (error: Error) => string;
}

export interface ServiceProxy {
  readonly port: number;
  close(): Promise<void>;
}

const MAX_QUESTION_BYTES = 1 << 20;

export async function createServiceProxy({
  client,
  service,
  isTls,
  refusal,
}: ServiceProxyOptions): Promise<ServiceProxy> {
  const name = `${isTls ? 'https:' : ''}${service.service}:${service.port}`;
  const base = `/api/v1/namespaces/${encodeURIComponent(service.namespace)}/services/${name}/proxy`;
  const closing = new AbortController();

  async function relay(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const leaving = new AbortController();
    answer.on('close', () => leaving.abort());
    const body = await bodyOf(asked);
    const isPost = asked.method === 'POST';
    const got = await client.stream(`${base}${asked.url ?? '/'}`, {
      method: isPost ? 'POST' : 'GET',
      signal: AbortSignal.any([closing.signal, leaving.signal]),
      ...(isPost
        ? { body, contentType: asked.headers['content-type'] ?? 'application/x-www-form-urlencoded' }
        : {}),
    });
    const passed = ['content-type', 'content-encoding', 'location'].flatMap((header) =>
      got.headers[header] === undefined ? [] : [[header, got.headers[header]] as const],
    );
    answer.writeHead(got.status, Object.fromEntries(passed));
    await pipeline(got.body, answer);
  }

  const server = createServer((asked, answer) => {
    relay(asked, answer).catch((error: Error) => {
      if (answer.headersSent) answer.destroy();
      else answer.writeHead(503, { 'content-type': 'application/json' }).end(refusal(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      closing.abort();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function bodyOf(asked: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of asked as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MAX_QUESTION_BYTES) throw new Error(`a question of more than ${MAX_QUESTION_BYTES >> 10} kB`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
