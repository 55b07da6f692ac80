// Outbound policy: requests by the Service and route that were asked, and by the backend that answered.

import { Histogram, Numbers } from './exposition.ts';

const dialect = 'client';
const FRAME_BOUNDS = [128, 1_024, 10_240];

interface Routed {
  /** `http_status="200"` or `grpc_status="OK"`: as this side prints it. */
  readonly status: string;
  readonly error: string;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly seconds: number;
}

export interface OutboundRoute {
  complete(answer: Routed): void;
}

export class OutboundRoutes {
  readonly #duration: Histogram;
  readonly #requestFrames: Histogram;
  readonly #backendRequests: Numbers;
  readonly #backendDuration: Histogram;
  readonly #backendFrames: Histogram;
  readonly #backendStatuses: Numbers;
  readonly #statuses: Numbers;

  constructor(protocol: 'http' | 'grpc') {
    const prefix = `outbound_${protocol}_route`;
    this.#duration = new Histogram({
      name: `${prefix}_request_duration_seconds`,
      help: 'The time between request initialization and response completion.',
      unit: 'seconds',
      bounds: [0.05, 0.5, 1, 10],
      dialect,
    });
    this.#requestFrames = new Histogram({
      name: `${prefix}_request_frame_size_bytes`,
      help: 'Request data frame sizes.',
      unit: 'bytes',
      bounds: FRAME_BOUNDS,
      dialect,
    });
    this.#backendRequests = new Numbers({
      name: `${prefix}_backend_requests`,
      help: 'The total number of requests dispatched.',
      type: 'counter',
      dialect,
    });
    this.#backendDuration = new Histogram({
      name: `${prefix}_backend_response_duration_seconds`,
      help: 'The time between request completion and response completion.',
      unit: 'seconds',
      bounds: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 10],
      dialect,
    });
    this.#backendFrames = new Histogram({
      name: `${prefix}_backend_response_frame_size_bytes`,
      help: 'Response data frame sizes.',
      unit: 'bytes',
      bounds: FRAME_BOUNDS,
      dialect,
    });
    this.#backendStatuses = new Numbers({
      name: `${prefix}_backend_response_statuses`,
      help: 'Completed responses.',
      type: 'counter',
      dialect,
    });
    this.#statuses = new Numbers({
      name: `${prefix}_request_statuses`,
      help: 'Completed request-response streams.',
      type: 'counter',
      dialect,
    });
  }

  get families() {
    return [
      this.#duration,
      this.#requestFrames,
      this.#backendRequests,
      this.#backendDuration,
      this.#backendFrames,
      this.#backendStatuses,
      this.#statuses,
    ];
  }

  /** What the application was told. */
  route(parentAndRoute: string): OutboundRoute {
    const labelText = `${parentAndRoute},hostname=""`;
    const duration = this.#duration.cell(labelText);
    const frames = this.#requestFrames.cell(labelText);
    return {
      complete: ({ status, error, requestBytes, seconds }) => {
        duration.observe(seconds);
        if (requestBytes > 0) frames.observe(requestBytes);
        this.#statuses.cell(`${labelText},${status},error="${error}"`).add(1);
      },
    };
  }

  /** What the backend answered; made at 0 even when nothing is ever sent to it. */
  backend(parentRouteAndBackend: string): OutboundRoute {
    const requests = this.#backendRequests.cell(parentRouteAndBackend);
    const frames = this.#backendFrames.cell(parentRouteAndBackend);
    return {
      complete: ({ status, error, responseBytes, seconds }) => {
        requests.add(1);
        this.#backendDuration.cell(parentRouteAndBackend).observe(seconds);
        if (responseBytes > 0) frames.observe(responseBytes);
        this.#backendStatuses.cell(`${parentRouteAndBackend},${status},error="${error}"`).add(1);
      },
    };
  }
}
