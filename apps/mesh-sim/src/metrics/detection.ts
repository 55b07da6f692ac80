// How connections turned out to speak: the detection families, for either side of the proxy.

import { Histogram, Numbers } from './exposition.ts';

const RESULTS = ['http/1', 'http/2', 'not_http', 'read_timeout', 'error'] as const;
/** Detection is a peek at bytes that are there already. */
const DETECTION_SECONDS = 0.000031;

export class Detection {
  readonly #duration: Histogram;
  readonly #results: Numbers;

  constructor(side: 'inbound' | 'outbound') {
    this.#duration = new Histogram({
      name: `${side}_tcp_detect_http_duration_seconds`,
      dialect: 'client',
      unit: 'seconds',
      bounds: [0.001, 0.1],
      help: 'Time taken for protocol detection.',
    });
    this.#results = new Numbers({
      name: `${side}_tcp_detect_http_results`,
      type: 'counter',
      dialect: 'client',
      help: 'Protocol detection results.',
    });
  }

  get families() {
    return [this.#duration, this.#results];
  }

  /** All results are made at the first connection. */
  detected(labelText: string, result: (typeof RESULTS)[number]): void {
    this.#duration.cell(labelText).observe(DETECTION_SECONDS);
    for (const name of RESULTS)
      this.#results.cell(`result="${name}",${labelText}`).add(name === result ? 1 : 0);
  }
}
