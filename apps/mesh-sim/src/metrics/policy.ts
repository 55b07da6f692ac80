// What policy let in and turned away, and the proxy's own errors. Each family appears with its first event.

import { type Cell, Numbers } from './exposition.ts';

function counter(name: string, help: string): Numbers {
  return new Numbers({ name, help, type: 'counter', dialect: 'legacy' });
}

const PROXY_ERROR =
  'The total number of inbound HTTP requests that could not be processed due to a proxy error.';

export class Policies {
  readonly #httpAllow = counter(
    'inbound_http_authz_allow_total',
    'The total number of inbound HTTP requests that were authorized',
  );
  readonly #httpDeny = counter('inbound_http_authz_deny_total', PROXY_ERROR);
  readonly #rateLimit = counter(
    'inbound_http_local_ratelimit_total',
    'The total number of inbound HTTP requests that were rate-limited',
  );
  readonly #notFound = counter(
    'inbound_http_route_not_found_total',
    'The total number of inbound HTTP requests that could not be associated with a route',
  );
  readonly #tcpAllow = counter(
    'inbound_tcp_authz_allow_total',
    'The total number of inbound TCP connections that were authorized',
  );
  readonly #outboundErrors = counter('outbound_http_errors_total', PROXY_ERROR);
  readonly #inboundErrors = counter('inbound_http_errors_total', PROXY_ERROR);

  get families() {
    return [
      this.#httpAllow,
      this.#httpDeny,
      this.#rateLimit,
      this.#notFound,
      this.#tcpAllow,
      this.#outboundErrors,
      this.#inboundErrors,
    ];
  }

  httpAllowed(labelText: string): Cell {
    return this.#httpAllow.cell(labelText);
  }

  httpDenied(labelText: string): Cell {
    return this.#httpDeny.cell(labelText);
  }

  rateLimited(labelText: string): Cell {
    return this.#rateLimit.cell(labelText);
  }

  routeNotFound(labelText: string): Cell {
    return this.#notFound.cell(labelText);
  }

  tcpAllowed(labelText: string): Cell {
    return this.#tcpAllow.cell(labelText);
  }

  outboundError(error: 'failfast' | 'loadshed' | 'unexpected'): Cell {
    return this.#outboundErrors.cell(`error="${error}"`);
  }

  inboundError(labelText: string): Cell {
    return this.#inboundErrors.cell(`error="unexpected",${labelText}`);
  }
}
