// Inbound HTTP by Server and route: what was dispatched, how large, how long, with which status. Knows no client.

import { Histogram, Numbers } from './exposition.ts';

const dialect = 'client';
const FRAME_BOUNDS = [128, 1_024, 10_240];

interface Dispatched {
  readonly status: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly seconds: number;
}

export interface InboundRoute {
  complete(answer: Dispatched): void;
}

export class InboundRoutes {
  readonly #headers = new Numbers({
    name: 'inbound_tcp_transport_header_connections',
    help: 'TCP connections with transport headers.',
    type: 'counter',
    dialect,
  });
  readonly #requests = new Numbers({
    name: 'inbound_http_requests',
    help: 'The total number of requests dispatched.',
    type: 'counter',
    dialect,
  });
  readonly #requestFrames = new Histogram({
    name: 'inbound_http_request_frame_size_bytes',
    help: 'Request data frame sizes.',
    unit: 'bytes',
    bounds: FRAME_BOUNDS,
    dialect,
  });
  readonly #requestDuration = new Histogram({
    name: 'inbound_http_request_duration_seconds',
    help: 'The time between request initialization and response completion.',
    unit: 'seconds',
    bounds: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 10],
    dialect,
  });
  readonly #responseFrames = new Histogram({
    name: 'inbound_http_response_frame_size_bytes',
    help: 'Response data frame sizes.',
    unit: 'bytes',
    bounds: FRAME_BOUNDS,
    dialect,
  });
  readonly #responseDuration = new Histogram({
    name: 'inbound_http_response_duration_seconds',
    help: 'The time between request completion and response completion.',
    unit: 'seconds',
    bounds: [0.05, 0.5, 1, 10],
    dialect,
  });
  readonly #statuses = new Numbers({
    name: 'inbound_http_statuses',
    help: 'Completed HTTP responses.',
    type: 'counter',
    dialect,
  });

  get families() {
    return [
      this.#headers,
      this.#requests,
      this.#requestFrames,
      this.#requestDuration,
      this.#responseFrames,
      this.#responseDuration,
      this.#statuses,
    ];
  }

  /** A meshed connection that came through the proxy's own port. */
  transportHeader(protocol: 'http/2' | '', port: number, clientId: string): void {
    this.#headers
      .cell(`session_protocol="${protocol}",target_port="${port}",target_name="",client_id="${clientId}"`)
      .add(1);
  }

  route(labelText: string): InboundRoute {
    const requests = this.#requests.cell(labelText);
    const requestFrames = this.#requestFrames.cell(labelText);
    const requestDuration = this.#requestDuration.cell(labelText);
    const responseFrames = this.#responseFrames.cell(labelText);
    const responseDuration = this.#responseDuration.cell(labelText);
    return {
      complete: ({ status, requestBytes, responseBytes, seconds }) => {
        requests.add(1);
        if (requestBytes > 0) requestFrames.observe(requestBytes);
        requestDuration.observe(seconds);
        if (responseBytes > 0) responseFrames.observe(responseBytes);
        responseDuration.observe(seconds * 0.98);
        this.#statuses.cell(`${labelText},status="${status}"`).add(1);
      },
    };
  }
}
