// A thin client of the two query endpoints that every Prometheus-compatible store has. Knows no metric.

import { createInFlight } from '../../in-flight.ts';
import type { SourceError } from '../source-error.ts';
import { createAskStore } from './ask-store.ts';
import { connectionTrouble } from './connection-trouble.ts';
import { createExchange, type ExchangeOptions } from './exchange.ts';
import { joinLines, joinSamples } from './long-question.ts';
import { type RowReader, toLine } from './rows.ts';
import type { Sample, SampleLine } from './sample.ts';
import { createSampleReader } from './sample-reader.ts';

/** `ok`, or the kind of trouble. */
type QueryOutcome = 'ok' | SourceError['kind'];

export interface PrometheusClientOptions extends Omit<ExchangeOptions, 'timeoutMs' | 'maxInFlight'> {
  readonly timeoutMs?: number;
  readonly maxInFlight?: number;
  /** What is wrong with the way to the store; null when it is open. */
  readonly examineWay?: () => Promise<SourceError | null>;
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

export function createPrometheusClient(options: PrometheusClientOptions): PrometheusClient {
  const { timeoutMs = TIMEOUT_MS, maxInFlight = MAX_IN_FLIGHT, observe = () => undefined } = options;
  const { examineWay = async () => null } = options;
  const inFlight = createInFlight(maxInFlight);
  const exchange = createExchange({ ...options, timeoutMs, maxInFlight });
  const store = createAskStore(exchange);
  const samples = createSampleReader();

  async function timed<T>(
    path: string,
    form: URLSearchParams,
    reader: RowReader<T>,
    { tier, signal: outside, onTook, onWarnings }: Omit<QueryOptions, 'atSeconds'>,
  ) {
    form.set('timeout', `${timeoutMs}ms`);
    return inFlight.run(async () => {
      const started = performance.now();
      const timeout = AbortSignal.timeout(timeoutMs);
      const signal = outside ? AbortSignal.any([outside, timeout]) : timeout;
      try {
        const { parts, warnings } = await store.ask({ path, form, signal, reader });
        const seconds = (performance.now() - started) / 1000;
        observe(tier, seconds, 'ok');
        onTook?.(seconds);
        if (warnings.length > 0) onWarnings?.(warnings);
        return parts;
      } catch (error) {
        if (outside?.aborted) throw error;
        const cause = timeout.aborted ? timeout.reason : error;
        const trouble = await blame(connectionTrouble(cause, exchange.whereIs(path), timeoutMs));
        observe(tier, (performance.now() - started) / 1000, trouble.kind);
        throw trouble;
      }
    }, outside);
  }

  /** A store is not blamed for the way to it. */
  async function blame(trouble: SourceError): Promise<SourceError> {
    if (trouble.kind !== 'timed-out' && trouble.kind !== 'unreachable') return trouble;
    return (await examineWay().catch(() => null)) ?? trouble;
  }

  return {
    async query(text, options) {
      const form = new URLSearchParams({ query: text, time: String(options.atSeconds) });
      return joinSamples(await timed('/api/v1/query', form, samples, options));
    },
    async queryRange(text, options) {
      const form = new URLSearchParams({
        query: text,
        start: String(options.startSeconds),
        end: String(options.endSeconds),
        step: String(options.stepSeconds),
      });
      return joinLines(await timed('/api/v1/query_range', form, { row: toLine }, options));
    },
    close: exchange.close,
  };
}
