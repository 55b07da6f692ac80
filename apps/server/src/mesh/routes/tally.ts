// What is added up of one route or one backend: how its requests ended, and how long they took. Pure.

import type { Golden } from '@latchwork/shared/golden';
import type { Labels } from '../../sources/prometheus/sample.ts';
import { toCounts } from '../counts.ts';
import { Buckets } from '../flows/quantiles.ts';

/** As the proxy classifies a gRPC status (its names here): these are failures, all others successes. */
const GRPC_FAILURES = new Set([
  'UNKNOWN',
  'DEADLINE_EXCEEDED',
  'PERMISSION_DENIED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
]);
const TIMEOUTS = new Set([
  'REQUEST_TIMEOUT',
  'RESPONSE_HEADERS_TIMEOUT',
  'RESPONSE_STREAM_TIMEOUT',
  'IDLE_TIMEOUT',
]);

export class Tally {
  #rps = 0;
  #successRps = 0;
  #timeouts = 0;
  readonly #buckets = new Buckets();

  get rps(): number {
    return this.#rps;
  }

  get timeouts(): number {
    return this.#timeouts;
  }

  get successRate(): number | null {
    return this.#rps > 0 ? Math.min(1, this.#successRps / this.#rps) : null;
  }

  add(rps: number, isSuccess: boolean, error = ''): void {
    if (!Number.isFinite(rps) || rps <= 0) return;
    this.#rps += rps;
    if (isSuccess) this.#successRps += rps;
    if (TIMEOUTS.has(error)) this.#timeouts += rps;
  }

  /** `le` in seconds, as the families of routes have it. */
  addSeconds(le: string | undefined, rate: number): void {
    this.#buckets.add(le === '+Inf' ? le : String(Number(le) * 1000), rate);
  }

  addMs(le: string | undefined, rate: number): void {
    this.#buckets.add(le, rate);
  }

  golden(windowSeconds: number): Golden | null {
    if (this.#rps === 0) return null;
    return {
      rps: this.#rps,
      successRate: this.successRate,
      ...toCounts(this.#rps, this.#successRps, windowSeconds),
      ...this.#buckets.quantiles(),
    };
  }
}

/** By status and error (https://linkerd.io/docs/reference/proxy-metrics/). A client that goes away leaves `error="UNKNOWN"` beside a status. */
export function isSuccess({ protocol, http_status: http, grpc_status: grpc, error = '' }: Labels): boolean {
  if (protocol === 'grpc') return grpc ? !GRPC_FAILURES.has(grpc) : false;
  if (protocol === 'tcp' || protocol === 'tls') return error === '';
  return http ? Number(http) < 500 : false;
}
