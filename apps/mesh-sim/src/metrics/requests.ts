// The golden families: requests, responses, time to first byte. Also the proxy's own calls, under `control_`.

import { type Cell, Histogram, type HistogramCell, Numbers } from './exposition.ts';

const LATENCY_BOUNDS_MS = [
  1, 2, 3, 4, 5, 10, 20, 30, 40, 50, 100, 200, 300, 400, 500, 1_000, 2_000, 3_000, 4_000, 5_000, 10_000,
  20_000, 30_000, 40_000, 50_000,
];

interface Answer {
  readonly status: number;
  /** Null for HTTP. */
  readonly grpcStatus: number | null;
  readonly success: boolean;
}

/** The series of one endpoint, or of one client of a port. */
export interface RequestFlow {
  /** A request whose answer began, in milliseconds. A watch never gets further. */
  answer(status: number, ms: number): void;
  /** An answer that ended. */
  finish(answer: Answer): void;
}

export class Requests {
  readonly #requests: Numbers;
  readonly #latency: Histogram;
  readonly #responses: Numbers;

  constructor(prefix: '' | 'control_') {
    const dialect = 'legacy';
    this.#requests = new Numbers({
      name: `${prefix}request_total`,
      type: 'counter',
      dialect,
      help: 'Total count of HTTP requests.',
    });
    this.#latency = new Histogram({
      name: `${prefix}response_latency_ms`,
      dialect,
      bounds: LATENCY_BOUNDS_MS,
      help: "Elapsed times between a request's headers being received and its response stream completing",
    });
    this.#responses = new Numbers({
      name: `${prefix}response_total`,
      type: 'counter',
      dialect,
      help: 'Total count of HTTP responses.',
    });
  }

  get families() {
    return [this.#requests, this.#latency, this.#responses];
  }

  /** Makes the request counter at 0: an endpoint exists before its first request. */
  flow(labelText: string): RequestFlow {
    const requests = this.#requests.cell(labelText);
    const latency = new Map<number, HistogramCell>();
    const responses = new Map<string, Cell>();
    return {
      answer: (status, ms) => {
        requests.add(1);
        let cell = latency.get(status);
        if (!cell) {
          cell = this.#latency.cell(`${labelText},status_code="${status}"`);
          latency.set(status, cell);
        }
        cell.observe(Math.floor(ms));
      },
      finish: ({ status, grpcStatus, success }) => {
        const key = `${status} ${grpcStatus ?? ''}`;
        let cell = responses.get(key);
        if (!cell) {
          cell = this.#responses.cell(
            `${labelText},status_code="${status}",classification="${success ? 'success' : 'failure'}",grpc_status="${grpcStatus ?? ''}",error=""`,
          );
          responses.set(key, cell);
        }
        cell.add(1);
      },
    };
  }
}
