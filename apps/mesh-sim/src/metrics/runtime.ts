// What a proxy says about its insides: spans, service stacks, build, TLS library, scheduler. Nobody draws it; everybody scrapes it.

import { Numbers } from './exposition.ts';

const STACKS = [
  ['inbound', 'http', 'logical'],
  ['outbound', 'http', 'balance'],
  ['outbound', 'http', 'endpoint'],
  ['outbound', 'http', 'forward'],
  ['outbound', 'opaq', 'balance'],
  ['outbound', 'opaq', 'endpoint'],
  ['outbound', 'opaq', 'forward'],
  ['outbound', 'tls', 'balance'],
  ['outbound', 'tls', 'endpoint'],
  ['outbound', 'tls', 'forward'],
] as const;

const BUILD =
  'date="2026-11-23T15:27:53Z",git_sha="0dcf4e17f",profile="debug",vendor="linkerd",version="2.366.0"';
const TLS_LIBRARY =
  'tls_suites="TLS13_AES_128_GCM_SHA256,TLS13_AES_256_GCM_SHA384,TLS13_CHACHA20_POLY1305_SHA256,",' +
  'tls_kx_groups="X25519MLKEM768,X25519,secp256r1,secp384r1,",tls_rand="AwsLcRs",tls_key_provider="AwsLcRs",tls_fips="false"';

/** Per connection opened, roughly as recorded. */
const SCHEDULER: readonly [name: string, type: 'counter' | 'gauge', help: string, perOpen: number][] = [
  ['workers', 'gauge', 'The number of worker threads used by the runtime.', 0],
  ['park', 'counter', 'Total number of times worker threads parked.', 21],
  ['noop', 'counter', 'Number of times workers unparked but found no new work.', 3],
  ['steal', 'counter', 'Number of tasks stolen by workers from others.', 0],
  ['steal_operations', 'counter', 'Number of times workers stole tasks from other.', 0],
  ['remote_schedule', 'counter', 'Total number of remote schedule operations.', 0.2],
  ['local_schedule', 'counter', 'Total number of local schedule operations.', 100],
  ['overflow', 'counter', 'Total number of overflow operations.', 0],
  ['polls', 'counter', 'The number of tasks that have been polled across all worker threads.', 100],
  ['busy_seconds', 'counter', 'Total duration of time when worker threads were busy processing tasks.', 0.02],
  [
    'injection_queue_depth',
    'gauge',
    "The number of tasks currently scheduled in the runtime's injection queue.",
    0,
  ],
  [
    'local_queue_depth',
    'gauge',
    "The total number of tasks currently scheduled in workers' local queues.",
    0,
  ],
  [
    'budget_forced_yield',
    'counter',
    'Number of times a worker thread was forced to yield due to budget exhaustion.',
    0,
  ],
  ['io_driver_ready', 'counter', 'Number of times the IO driver was woken up.', 20],
];

export class Runtime {
  readonly #spans: Numbers[];
  readonly #stacks: Numbers[];
  readonly #build = new Numbers({
    name: 'proxy_build_info',
    help: 'Proxy build info.',
    type: 'gauge',
    dialect: 'client',
  });
  readonly #tls = new Numbers({
    name: 'rustls_info',
    help: 'Proxy TLS info.',
    type: 'gauge',
    dialect: 'client',
  });
  readonly #scheduler: Numbers[];

  constructor() {
    const legacy = { type: 'counter', dialect: 'legacy' } as const;
    this.#spans = [
      ['opentelemetry_span_export_streams', 'Total count of opened span export streams'],
      ['opentelemetry_span_export_requests', 'Total count of span export request messages'],
      ['opentelemetry_span_exports', 'Total count of spans exported'],
    ].map(([name = '', help = '']) => new Numbers({ ...legacy, name, help }));
    for (const span of this.#spans) span.set(0);
    this.#stacks = [
      ['stack_create_total', 'Total number of services created'],
      ['stack_drop_total', 'Total number of services dropped'],
      ['stack_poll_total', 'Total number of stack polls'],
      ['stack_poll_total_ms', 'Total number of milliseconds this service has spent awaiting readiness'],
    ].map(([name = '', help = '']) => new Numbers({ ...legacy, name, help }));
    this.#build.set(1, BUILD);
    this.#tls.set(1, TLS_LIBRARY);
    this.#scheduler = SCHEDULER.map(
      ([name, type, help]) =>
        new Numbers({
          name: `tokio_rt_${name}`,
          help,
          type,
          dialect: 'client',
          ...(name === 'busy_seconds' ? { unit: 'seconds', float: true } : {}),
        }),
    );
    this.update(0, 0, 0);
  }

  get families() {
    return [...this.#spans, ...this.#stacks, this.#build, this.#tls, ...this.#scheduler];
  }

  update(opens: number, inboundRequests: number, outboundRequests: number): void {
    const [create, drop, poll, wait] = this.#stacks;
    for (const [direction, protocol, name] of STACKS) {
      const base = `direction="${direction}",protocol="${protocol}",name="${name}"`;
      const polled =
        direction === 'inbound'
          ? inboundRequests
          : protocol === 'http' && name !== 'forward'
            ? outboundRequests * 2
            : 0;
      create?.set(polled > 0 ? 2 : 0, base);
      drop?.set(0, base);
      for (const ready of ['true', 'false', 'error'])
        poll?.set(ready === 'true' ? polled : 0, `${base},ready="${ready}"`);
      wait?.set(0, base);
    }
    for (const [i, [name, , , perOpen]] of SCHEDULER.entries())
      this.#scheduler[i]?.set(
        name === 'workers' ? 1 : name === 'busy_seconds' ? opens * perOpen : Math.floor(opens * perOpen),
      );
  }
}
