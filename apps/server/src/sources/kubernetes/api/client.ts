// Requests to the API server with the identity in use: JSON, byte streams, sockets. A 401 renews the credential once. Knows no kinds.

import { type Dispatcher, request } from 'undici';
import type WebSocket from 'ws';
import { createDispatcher } from '../../../network/dispatcher.ts';
import { JsonFault } from '../../../network/json-fault.ts';
import { createJsonItems } from '../../../network/json-items.ts';
import type { ProxyServer } from '../../../network/proxy-url.ts';
import { createSlices, OF_ARRIVALS } from '../../../slices.ts';
import type { SourceError } from '../../source-error.ts';
import { type ClusterConfig, identityPhrase } from '../kubeconfig/cluster-config.ts';
import { type Credential, createCredentials } from '../kubeconfig/credentials.ts';
import { readText, withPlainErrors } from './body.ts';
import { toConnectionError } from './connection-error.ts';
import { kubernetesError } from './kubernetes-error.ts';
import { isPage, toStatusError, toUpgradeError } from './status-error.ts';
import { openSocket, type SocketRefusal } from './web-socket.ts';

interface Ask {
  readonly method?: 'GET' | 'POST';
  readonly body?: string | Uint8Array;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
  /** To the headers of the answer, and between two pieces of its body. */
  readonly timeoutMs?: number;
  /** Between two pieces of a stream; 0: it may be silent for ever. */
  readonly idleTimeoutMs?: number;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface KubernetesClient {
  readonly server: string;
  /** Which credential speaks for us, for logs and the page. */
  readonly identity: string;
  /** Throws a `SourceError` for every answer but 2xx. */
  json(path: string, ask?: Ask): Promise<unknown>;
  /** A list, its items handed out as they come: what stands around them. Throws as `json` does. */
  items(path: string, onItem: (item: unknown) => void, ask?: Ask): Promise<unknown>;
  /** Any status; the reader of the body must come to its end or break off. */
  stream(path: string, ask?: Ask): Promise<Answer>;
  socket(path: string, protocol: string, signal: AbortSignal): Promise<WebSocket>;
  close(): Promise<void>;
}

export interface KubernetesClientOptions {
  readonly cluster: ClusterConfig;
  /** Null: straight. */
  readonly proxy?: ProxyServer | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now?: () => number;
  readonly timeoutMs?: number;
  readonly pluginTimeoutMs?: number;
  /** What a login command wrote to standard error: for the log alone, it may hold secrets. */
  readonly onPluginWords?: (command: string, words: string) => void;
  readonly maxBytes?: number;
}

/** Of one answer that is read whole: a few objects. */
const MAX_BYTES = 32 << 20;
/** One object is at most about 1.5 MB. */
const MAX_ITEM_BYTES = 4 << 20;

export function createKubernetesClient(options: KubernetesClientOptions): KubernetesClient {
  const { cluster, proxy = null, timeoutMs = 30_000, maxBytes = MAX_BYTES } = options;
  const { server } = cluster;
  const credentials = createCredentials({
    cluster,
    environment: options.environment,
    now: options.now ?? Date.now,
    pluginTimeoutMs: options.pluginTimeoutMs ?? 60_000,
    onPluginWords: options.onPluginWords ?? (() => undefined),
  });
  const slice = createSlices(OF_ARRIVALS);
  let open: { credential: Credential; agent: Dispatcher } | null = null;

  /** Connections belong to the certificate they were made with: a new one gets new connections, the old ones end by themselves. */
  function agentOf(credential: Credential): Dispatcher {
    if (open && isSameTls(open.credential, credential)) return open.agent;
    void open?.agent.close();
    open = { credential, agent: createAgent(cluster, credential, proxy, timeoutMs) };
    return open.agent;
  }

  async function once(path: string, ask: Ask, credential: Credential): Promise<Dispatcher.ResponseData> {
    try {
      return await request(`${server}${path}`, {
        method: ask.method ?? 'GET',
        headers: {
          accept: 'application/json',
          'user-agent': 'latchwork',
          ...(ask.body === undefined ? {} : { 'content-type': ask.contentType ?? 'application/json' }),
          ...credential.headers,
        },
        body: ask.body ?? null,
        dispatcher: agentOf(credential),
        headersTimeout: ask.timeoutMs ?? timeoutMs,
        bodyTimeout: ask.idleTimeoutMs ?? ask.timeoutMs ?? timeoutMs,
        ...(ask.signal ? { signal: ask.signal } : {}),
      });
    } catch (error) {
      ask.signal?.throwIfAborted();
      throw toConnectionError(error, server);
    }
  }

  async function exchange(path: string, ask: Ask): Promise<Dispatcher.ResponseData> {
    const credential = await credentials.current();
    const answer = await once(path, ask, credential);
    if (answer.statusCode !== 401 || !(await credentials.renew(credential))) return answer;
    await answer.body.dump();
    return once(path, ask, await credentials.current());
  }

  return {
    server,
    identity: identityPhrase(cluster),

    async json(path, ask = {}) {
      const { statusCode, headers, body } = await exchange(path, ask);
      const text = await readText(body, maxBytes, ask, server);
      if (statusCode < 200 || statusCode > 299)
        throw toStatusError(statusCode, text, pathOnly(path), String(headers['location'] ?? '') || null);
      try {
        return JSON.parse(text);
      } catch (cause) {
        throw noJson(`${server}${pathOnly(path)}`, cause, text);
      }
    },

    async items(path, onItem, ask = {}) {
      const { statusCode, headers, body } = await exchange(path, ask);
      if (statusCode < 200 || statusCode > 299)
        throw toStatusError(
          statusCode,
          await readText(body, maxBytes, ask, server),
          pathOnly(path),
          String(headers['location'] ?? '') || null,
        );
      const reading = createJsonItems({ path: ['items'], onItem, maxItemBytes: MAX_ITEM_BYTES });
      try {
        for await (const piece of withPlainErrors(body, ask, server)) {
          await slice();
          reading.push(asBuffer(piece));
        }
        return reading.end();
      } catch (error) {
        body.destroy();
        if (error instanceof JsonFault) throw noJson(`${server}${pathOnly(path)}`, error);
        throw error;
      }
    },

    async stream(path, ask = {}) {
      const { statusCode, headers, body } = await exchange(path, { idleTimeoutMs: 0, ...ask });
      return { status: statusCode, headers, body: withPlainErrors(body, ask, server) };
    },

    async socket(path, protocol, signal) {
      const url = `${server.replace(/^http/, 'ws')}${path}`;
      const dial = (credential: Credential): Promise<WebSocket | SocketRefusal> =>
        openSocket({ url, protocol, cluster, credential, proxy, signal, timeoutMs });
      const credential = await credentials.current();
      let result = await dial(credential);
      if ('refusal' in result && result.refusal === 401 && (await credentials.renew(credential)))
        result = await dial(await credentials.current());
      if ('refusal' in result) throw toUpgradeError(result.refusal, result.text, pathOnly(path));
      return result;
    },

    async close() {
      await open?.agent.destroy();
      open = null;
    },
  };
}

/** The same memory: a long list is not there twice. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** `text` is what came, where all of it did. */
function noJson(where: string, cause: unknown, text = ''): SourceError {
  const why = cause instanceof JsonFault && cause.kind !== 'malformed' ? `: ${cause.message}` : '';
  return kubernetesError(
    'bad-answer',
    `${where} answered ${isPage(text) ? 'with a page in HTML' : `something that is no JSON${why}`}`,
    {
      remedy: 'check that the URL in the kubeconfig is that of the API server, and not of a login page',
      cause,
    },
  );
}

function createAgent(
  cluster: ClusterConfig,
  { ca, certificate, key }: Credential,
  proxy: ProxyServer | null,
  timeoutMs: number,
): Dispatcher {
  return createDispatcher({
    proxy,
    allowH2: false, // one connection a watch: nothing that one stream does can hold up another
    connect: {
      timeout: Math.min(timeoutMs, 10_000),
      keepAlive: true,
      keepAliveInitialDelay: 30_000,
      rejectUnauthorized: !cluster.skipTlsVerify,
      ...(ca === null ? {} : { ca }),
      ...(certificate === null ? {} : { cert: certificate }),
      ...(key === null ? {} : { key }),
      ...(cluster.tlsServerName === null ? {} : { servername: cluster.tlsServerName }),
    },
  });
}

function isSameTls(a: Credential, b: Credential): boolean {
  return a.ca === b.ca && a.certificate === b.certificate && a.key === b.key;
}

function pathOnly(path: string): string {
  return path.split('?')[0] ?? path;
}
