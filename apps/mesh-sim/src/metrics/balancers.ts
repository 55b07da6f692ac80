// Load balancers and their queues: for HTTP and TCP backends, and for the proxy's own control-plane clients.

import { type Cell, Histogram, Numbers } from './exposition.ts';

const dialect = 'client';

export interface BalancerState {
  readonly ready: number;
  /** Unix seconds of the moment its queue opened. */
  readonly openedAtSeconds: number;
  /** After this long in a shut queue, requests fail. */
  readonly timeoutSeconds: number;
}

export interface Balancer {
  queued(seconds: number): void;
  /** The queue waited in vain, failed what it held and opened again. */
  failFast(atSeconds: number): void;
  resize(ready: number): void;
}

export class Balancers {
  readonly #endpoints: Numbers;
  readonly #p2cEndpoints: Numbers;
  readonly #updates: Numbers;
  readonly #length: Numbers;
  readonly #requests: Numbers;
  readonly #latency: Histogram;
  readonly #opens: Numbers;
  readonly #shuts: Numbers;
  readonly #openTime: Numbers;
  readonly #shutTime: Numbers;
  readonly #timeout: Numbers;

  /** `prefix` such as `outbound_http_balancer`. */
  constructor(prefix: string) {
    const counter = { type: 'counter', dialect } as const;
    const gauge = { type: 'gauge', dialect } as const;
    const seconds = { ...gauge, unit: 'seconds', float: true } as const;
    this.#endpoints = new Numbers({
      ...gauge,
      name: `${prefix}_endpoints`,
      help: 'The number of endpoints currently in a HTTP request balancer.',
    });
    this.#p2cEndpoints = new Numbers({
      ...gauge,
      name: `${prefix}_p2c_endpoints`,
      help: 'The number of endpoints currently in the balancer.',
    });
    this.#updates = new Numbers({
      ...counter,
      name: `${prefix}_p2c_updates`,
      help: 'The total number of service discovery updates received by a balancer.',
    });
    this.#length = new Numbers({
      ...gauge,
      name: `${prefix}_queue_length`,
      help: 'The current count of requests waiting in the queue.',
    });
    this.#requests = new Numbers({
      ...counter,
      name: `${prefix}_queue_requests`,
      help: 'The total number of requests that have entered the queue.',
    });
    this.#latency = new Histogram({
      dialect,
      name: `${prefix}_queue_latency_seconds`,
      unit: 'seconds',
      bounds: [0.0005, 0.005, 0.05, 0.5, 1, 3],
      help: 'The distribution of durations that requests have spent in the queue.',
    });
    this.#opens = new Numbers({
      ...counter,
      name: `${prefix}_queue_gate_open`,
      help: 'The total number of gate state changes to open.',
    });
    this.#shuts = new Numbers({
      ...counter,
      name: `${prefix}_queue_gate_shut`,
      help: 'The total number of gate state changes from open to shut.',
    });
    this.#openTime = new Numbers({
      ...seconds,
      name: `${prefix}_queue_gate_open_time_seconds`,
      help: 'The time at which the gate was opened.',
    });
    this.#shutTime = new Numbers({
      ...seconds,
      name: `${prefix}_queue_gate_shut_time_seconds`,
      help: 'The time at which the gate was shut.',
    });
    this.#timeout = new Numbers({
      ...seconds,
      name: `${prefix}_queue_gate_timeout_seconds`,
      help: 'Indicates the request timeout after which the gate will shut and enter failfast.',
    });
  }

  get families() {
    return [
      this.#endpoints,
      this.#p2cEndpoints,
      this.#updates,
      this.#length,
      this.#requests,
      this.#latency,
      this.#opens,
      this.#shuts,
      this.#openTime,
      this.#shutTime,
      this.#timeout,
    ];
  }

  balancer(labelText: string, { ready, openedAtSeconds, timeoutSeconds }: BalancerState): Balancer {
    const resize = (count: number) => {
      this.#endpoints.set(count, `endpoint_state="ready",${labelText}`);
      this.#p2cEndpoints.set(count, labelText);
    };
    resize(ready);
    this.#endpoints.set(0, `endpoint_state="pending",${labelText}`);
    for (const op of ['Reset', 'Add', 'Remove'])
      this.#updates.set(op === 'Reset' ? 1 : 0, `op="${op}",${labelText}`);
    this.#length.set(0, labelText);
    this.#opens.set(1, labelText);
    this.#shuts.set(0, labelText);
    this.#openTime.set(openedAtSeconds, labelText);
    this.#shutTime.set(0, labelText);
    this.#timeout.set(timeoutSeconds, labelText);
    const requests: Cell = this.#requests.cell(labelText);
    const latency = this.#latency.cell(labelText);
    return {
      queued: (seconds) => {
        requests.add(1);
        latency.observe(seconds);
      },
      failFast: (atSeconds) => {
        this.#shuts.cell(labelText).add(1);
        this.#opens.cell(labelText).add(1);
        this.#openTime.set(atSeconds, labelText);
      },
      resize,
    };
  }
}
