// Outbound connections by what they were meant for: protocol by configuration, TCP and TLS routes, bytes by zone.

import { Numbers } from './exposition.ts';

const counter = { type: 'counter', dialect: 'client' } as const;
const CLOSE_ERRORS = ['', 'forbidden', 'invalid_backend', 'invalid_policy', 'unexpected'] as const;

/** By configuration: first on the outbound part of a page, before detection. */
export class OutboundProtocols {
  readonly #connections = new Numbers({
    ...counter,
    name: 'outbound_tcp_protocol_connections',
    help: 'Outbound TCP connections by protocol configuration.',
  });

  get families() {
    return [this.#connections];
  }

  connected(protocol: 'detect' | 'http/2' | 'opaq', parent: string, count = 1): void {
    this.#connections.cell(`protocol="${protocol}",${parent}`).add(count);
  }
}

export class OutboundConnectionRoutes {
  readonly #opened: Numbers;
  readonly #closed: Numbers;

  constructor(protocol: 'tcp' | 'tls') {
    const family = (end: string) => ({ ...counter, name: `outbound_${protocol}_route_${end}` });
    this.#opened = new Numbers({ ...family('open'), help: 'The number of connections opened.' });
    this.#closed = new Numbers({ ...family('close'), help: 'The number of connections closed.' });
  }

  get families() {
    return [this.#opened, this.#closed];
  }

  /** All errors are made at the first connection. */
  moved(labelText: string, opened: number, closed: number): void {
    this.#opened.cell(labelText).add(opened);
    for (const error of CLOSE_ERRORS)
      this.#closed.cell(`${labelText},error="${error}"`).add(error === '' ? closed : 0);
  }
}

export class TransferCost {
  readonly #bytes = new Numbers({
    ...counter,
    name: 'outbound_tcp_transfer_cost_bytes',
    unit: 'bytes',
    help: 'The total amount of data transferred in and out of this proxy, by cost zone.',
  });

  get families() {
    return [this.#bytes];
  }

  moved(locality: 'Local' | 'Remote' | 'Unknown', sentBytes: number, receivedBytes: number): void {
    this.#bytes.cell(`op="Send",zone_locality="${locality}"`).add(sentBytes);
    this.#bytes.cell(`op="Recv",zone_locality="${locality}"`).add(receivedBytes);
  }
}
