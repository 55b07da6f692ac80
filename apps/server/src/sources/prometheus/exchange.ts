// One question over HTTP, posted or in the address, and its answer as it is: nothing is judged here but what cannot be read.

import { readFileSync } from 'node:fs';
import { request } from 'undici';
import { withoutEndSlashes } from '../../end-slashes.ts';
import { heapShareBytes } from '../../heap-share.ts';
import { createDispatcher } from '../../network/dispatcher.ts';
import { type ProxyServer, proxyName } from '../../network/proxy-url.ts';
import { createSlices, OF_ARRIVALS } from '../../slices.ts';
import { type Body, readBody } from './body.ts';
import { createCredentialFile } from './credential-file.ts';
import { createReadBudget } from './read-budget.ts';
import type { RowReader } from './rows.ts';

export type Method = 'POST' | 'GET';

export interface Answer<T> extends Body<T> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Of the question as it was sent: what a proxy with a limit would have counted. */
  readonly sentBytes: number;
}

export interface Ask<T> {
  readonly path: string;
  readonly form: URLSearchParams;
  readonly signal: AbortSignal;
  readonly reader: RowReader<T>;
}

export interface Exchange {
  /** What people know a path of the store by, without credentials. */
  whereIs(path: string): string;
  ask<T>(method: Method, ask: Ask<T>): Promise<Answer<T>>;
  close(): Promise<void>;
}

export interface ExchangeOptions {
  /** With its base path, without a trailing slash; credentials in it are refused by the configuration. */
  readonly url: string;
  /** What is behind `url` where that is the near end of something long, for people. */
  readonly behind?: string | null;
  /** Null: straight. */
  readonly proxy?: ProxyServer | null;
  /** The name in its certificate where the URL has another one. */
  readonly tlsServerName?: string | null;
  /** Basic authentication that no file holds. */
  readonly login?: { readonly user: string; readonly password: string } | null;
  readonly user?: string | null;
  readonly passwordFile?: string | null;
  readonly tokenFile?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly caFile?: string | null;
  readonly timeoutMs: number;
  readonly maxInFlight: number;
  readonly maxBytes?: number;
}

/** For one answer, and for the others beside it: what is made of them weighs up to twice as much. */
const SHARE_OF_HEAP = 1 / 16;
const NEAR: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];

export function createExchange(options: ExchangeOptions): Exchange {
  const {
    url,
    behind = null,
    proxy = null,
    timeoutMs,
    maxInFlight,
    maxBytes = heapShareBytes(SHARE_OF_HEAP),
  } = options;
  const base = withoutEndSlashes(url);
  const token = options.tokenFile ? createCredentialFile(options.tokenFile) : null;
  const password = options.passwordFile ? createCredentialFile(options.passwordFile) : null;
  const dispatcher = createDispatcher({
    proxy,
    connections: maxInFlight,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: {
      ...(options.caFile ? { ca: readFileSync(options.caFile) } : {}),
      ...(options.tlsServerName ? { servername: options.tlsServerName } : {}),
    },
  });
  // Packing 17 times smaller pays on every line but the machine's own.
  const isNear = behind === null && NEAR.includes(new URL(base).hostname);
  const through = proxy === null ? '' : ` through the proxy ${proxyName(proxy)}`;
  const whereIs = (path: string) => behind ?? `${base}${path}${through}`;
  const budget = createReadBudget(maxBytes, whereIs('/api/v1/query'));
  const slice = createSlices(OF_ARRIVALS);

  async function authorization(): Promise<Record<string, string>> {
    if (token) return { authorization: `Bearer ${await token.read()}` };
    const login = options.user
      ? { user: options.user, password: password ? await password.read() : '' }
      : options.login;
    if (!login) return {};
    const pair = `${login.user}:${login.password}`;
    return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
  }

  return {
    whereIs,
    async ask(method, { path, form, signal, reader }) {
      const isPost = method === 'POST';
      const question = form.toString();
      const { statusCode, headers, body } = await request(`${base}${path}${isPost ? '' : `?${question}`}`, {
        method,
        dispatcher,
        signal,
        headers: {
          accept: 'application/json',
          ...(isNear ? {} : { 'accept-encoding': 'gzip' }),
          ...(isPost ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
          ...options.headers,
          ...(await authorization()),
        },
        body: isPost ? question : null,
      });
      const encoding = String(headers['content-encoding'] ?? '');
      const read = await readBody(body, { encoding, budget, slice, where: whereIs(path), reader });
      return { ...read, status: statusCode, headers, sentBytes: path.length + question.length };
    },
    close: () => dispatcher.destroy(),
  };
}
