// The proxy as a process of its operating system; the last part of a page.

import { Numbers, type NumbersOptions } from './exposition.ts';

type Field = Omit<NumbersOptions, 'dialect'>;

const START: Field = {
  name: 'process_start_time_seconds',
  help: 'Time that the process started (in seconds since the UNIX epoch).',
  unit: 'seconds',
  type: 'gauge',
  float: true,
};
const CLOCK: Field = {
  name: 'process_clock_time_seconds',
  help: 'Current system time for this process.',
  unit: 'seconds',
  type: 'gauge',
  float: true,
};
const UPTIME: Field = {
  name: 'process_uptime_seconds',
  help: 'Total time since the process started (in seconds)',
  unit: 'seconds',
  type: 'counter',
  float: true,
};
const CPU: Field = {
  name: 'process_cpu_seconds',
  help: 'Total user and system CPU time spent in seconds',
  unit: 'seconds',
  type: 'counter',
  float: true,
};
const VIRTUAL: Field = {
  name: 'process_virtual_memory_bytes',
  help: 'Virtual memory size in bytes',
  unit: 'bytes',
  type: 'gauge',
};
const RESIDENT: Field = {
  name: 'process_resident_memory_bytes',
  help: 'Resident memory size in bytes',
  unit: 'bytes',
  type: 'gauge',
};
const OPEN_FILES: Field = {
  name: 'process_open_fds',
  help: 'Number of open file descriptors',
  type: 'gauge',
};
const MAX_FILES: Field = {
  name: 'process_max_fds',
  help: 'Maximum number of open file descriptors',
  type: 'gauge',
};
const RECEIVED: Field = {
  name: 'process_network_receive_bytes',
  help: 'Number of bytes received by the process over the network',
  unit: 'bytes',
  type: 'counter',
  float: true,
};
const SENT: Field = {
  name: 'process_network_transmit_bytes',
  help: 'Number of bytes sent by the process over the network',
  unit: 'bytes',
  type: 'counter',
  float: true,
};
const THREADS: Field = {
  name: 'process_threads',
  help: 'Number of OS threads in the process.',
  type: 'gauge',
};

const FIELDS = [START, CLOCK, UPTIME, CPU, VIRTUAL, RESIDENT, OPEN_FILES, MAX_FILES, RECEIVED, SENT, THREADS];

export class ProcessMetrics {
  readonly #startedAtSeconds: number;
  readonly #families = new Map(FIELDS.map((field) => [field, new Numbers({ ...field, dialect: 'client' })]));

  constructor(startedAtSeconds: number) {
    this.#startedAtSeconds = startedAtSeconds;
  }

  get families() {
    return [...this.#families.values()];
  }

  update(nowSeconds: number, { opens, bytes }: { opens: number; bytes: number }): void {
    const up = Math.max(0, nowSeconds - this.#startedAtSeconds);
    const values: [Field, number][] = [
      [START, this.#startedAtSeconds],
      [CLOCK, Math.floor(nowSeconds)],
      [UPTIME, up],
      [CPU, Math.round(up * 0.8 + opens * 1.3) / 100],
      [VIRTUAL, 136_134_656],
      [RESIDENT, 47_128_576 + (opens % 97) * 4_096],
      [OPEN_FILES, 27 + (opens % 17)],
      [MAX_FILES, 20_000],
      [RECEIVED, bytes],
      [SENT, Math.round(bytes * 1.1)],
      [THREADS, 2],
    ];
    for (const [field, value] of values) this.#families.get(field)?.set(value);
  }
}
