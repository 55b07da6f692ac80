// A thin client of the two query endpoints that every Prometheus-compatible store has. Knows no metric.

import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';
import type { SourceError } from '../source-error.ts';
import { readBody } from './body.ts';
import { connectionTrouble, statusTrouble } from './connection-trouble.ts';
import { createCredentialFile } from './credential-file.ts';
import { readEnvelope, toLines, toSamples } from './envelope.ts';
import { createInFlight } from './in-flight.ts';
import type { Sample, SampleLine } from './sample.ts';

/** `ok`, or the kind of trouble. */
type QueryOutcome = 'ok' | SourceError['kind'];

export interface PrometheusClientOptions {
  /** With its base path, without a trailing slash; credentials in it are refused by the configuration. */
  readonly url: string;
  /** What is behind `url` where that is the near end of something long, for people. */
  readonly behind?: string | null;
  readonly user?: string | null;
  readonly passwordFile?: string | null;
  readonly tokenFile?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly caFile?: string | null;
  readonly timeoutMs?: number;
  readonly maxInFlight?: number;
  readonly maxBytes?: number;
  readonly observe?: (tier: string, seconds: number, outcome: QueryOutcome) => void;
}

interface QueryOptions {
  /** For our own metrics: `traffic`, `latency`, `start`, … */
  readonly tier: string;
  /** Unix seconds. */
  readonly atSeconds: number;
  readonly signal?: AbortSignal;
  /** How long the store took for the answer, without the wait for a place among those in flight. */
  readonly onTook?: (seconds: number) => void;
  /** What the store says may be missing from its answer. */
  readonly onWarnings?: (warnings: readonly string[]) => void;
}

interface RangeOptions {
  readonly tier: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly stepSeconds: number;
  readonly signal?: AbortSignal;
}

export interface PrometheusClient {
  query(text: string, options: QueryOptions): Promise<Sample[]>;
  queryRange(text: string, options: RangeOptions): Promise<SampleLine[]>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 15_000;
const MAX_IN_FLIGHT = 4;
const MAX_BYTES = 128 * 1024 * 1024;

export function createPrometheusClient(options: PrometheusClientOptions): PrometheusClient {
  const { timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES, observe = () => undefined } = options;
  const base = options.url.replace(/\/+$/, '');
  const inFlight = createInFlight(options.maxInFlight ?? MAX_IN_FLIGHT);
  const token = options.tokenFile ? createCredentialFile(options.tokenFile) : null;
  const password = options.passwordFile ? createCredentialFile(options.passwordFile) : null;
  const agent = new Agent({
    connections: options.maxInFlight ?? MAX_IN_FLIGHT,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    ...(options.caFile ? { connect: { ca: readFileSync(options.caFile) } } : {}),
  });
  // Packing 17 times smaller pays on every line but the machine's own.
  const isNear = !options.behind && ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(base).hostname);
  const whereIs = (path: string) => options.behind ?? `${base}${path}`;
  // Some gateways let only GET through; known from the first refusal on.
  let method: 'POST' | 'GET' = 'POST';

  async function authorization(): Promise<Record<string, string>> {
    if (token) return { authorization: `Bearer ${await token.read()}` };
    if (!options.user) return {};
    const pair = `${options.user}:${password ? await password.read() : ''}`;
    return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
  }

  async function exchange(path: string, form: URLSearchParams, signal: AbortSignal) {
    const isPost = method === 'POST';
    const answer = await request(`${base}${path}${isPost ? '' : `?${form}`}`, {
      method,
      dispatcher: agent,
      signal,
      headers: {
        accept: 'application/json',
        ...(isNear ? {} : { 'accept-encoding': 'gzip' }),
        ...(isPost ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...options.headers,
        ...(await authorization()),
      },
      body: isPost ? form.toString() : null,
    });
    const encoding = String(answer.headers['content-encoding'] ?? '');
    return {
      status: answer.statusCode,
      text: await readBody(answer.body, { encoding, maxBytes, where: whereIs(path) }),
    };
  }

  async function ask(path: string, form: URLSearchParams, signal: AbortSignal) {
    const where = whereIs(path);
    let answer = await exchange(path, form, signal);
    if (answer.status === 405 && method === 'POST') {
      method = 'GET';
      answer = await exchange(path, form, signal);
    }
    const trouble = statusTrouble(answer.status, where);
    if (trouble) throw trouble;
    return readEnvelope(answer.text, answer.status, where);
  }

  async function timed(
    path: string,
    form: URLSearchParams,
    { tier, signal: outside, onTook, onWarnings }: Omit<QueryOptions, 'atSeconds'>,
  ) {
    form.set('timeout', `${timeoutMs}ms`);
    return inFlight.run(async () => {
      const started = performance.now();
      const timeout = AbortSignal.timeout(timeoutMs);
      const signal = outside ? AbortSignal.any([outside, timeout]) : timeout;
      try {
        const { rows, warnings } = await ask(path, form, signal);
        const seconds = (performance.now() - started) / 1000;
        observe(tier, seconds, 'ok');
        onTook?.(seconds);
        if (warnings.length > 0) onWarnings?.(warnings);
        return rows;
      } catch (error) {
        if (outside?.aborted) throw error;
        const trouble = connectionTrouble(timeout.aborted ? timeout.reason : error, whereIs(path), timeoutMs);
        observe(tier, (performance.now() - started) / 1000, trouble.kind);
        throw trouble;
      }
    }, outside);
  }

  return {
    async query(text, options) {
      const form = new URLSearchParams({ query: text, time: String(options.atSeconds) });
      return toSamples(await timed('/api/v1/query', form, options));
    },
    async queryRange(text, options) {
      const form = new URLSearchParams({
        query: text,
        start: String(options.startSeconds),
        end: String(options.endSeconds),
        step: String(options.stepSeconds),
      });
      return toLines(await timed('/api/v1/query_range', form, options));
    },
    close: () => agent.destroy(),
  };
}
