// Routes as the callers' proxies count them (https://linkerd.io/docs/reference/proxy-metrics/): six questions for the whole
// mesh, asked while somebody looks. Text only.

import type { AskScope } from '../ask-scope.ts';
import { matcher, rate, series, sumBy, tagged, union } from '../promql.ts';
import { BACKEND, PROTOCOLS, ROUTE } from './route-labels.ts';

interface Asked extends Pick<AskScope, 'matchers' | 'windowSeconds'> {
  /** Labels by which the rows are told apart besides. */
  readonly more?: readonly string[];
  /** Whose series alone, one list of matchers for some of them; absent: everybody's. */
  readonly callers?: readonly (readonly string[])[];
}

/** Requests by route and how they ended; TCP and TLS routes by the connections that were closed. */
export function routeRequestsQuery(scope: Asked): string {
  return union([
    ...PROTOCOLS.map((protocol) =>
      counted(scope, protocol, `outbound_${protocol}_route_request_statuses_total`, [
        ...ROUTE,
        `${protocol}_status`,
        'error',
      ]),
    ),
    ...(['tcp', 'tls'] as const).map((protocol) =>
      counted(scope, protocol, `outbound_${protocol}_route_close_total`, [...ROUTE, 'error']),
    ),
  ]);
}

/** And what the endpoints of each Service answered, as `service`: backends of one name are not told apart by namespace. */
export function routeBackendsQuery(scope: Asked): string {
  const { matchers, more = [] } = scope;
  const named = [matcher('direction', '=', 'outbound'), matcher('dst_service', '!=', ''), ...matchers];
  return union([
    ...PROTOCOLS.map((protocol) =>
      counted(scope, protocol, `outbound_${protocol}_route_backend_response_statuses_total`, [
        ...BACKEND,
        `${protocol}_status`,
        'error',
      ]),
    ),
    tagged(
      'protocol',
      'service',
      sumBy(
        ['dst_namespace', 'dst_service', 'classification', ...more],
        rates({ ...scope, matchers: named }, 'response_total'),
      ),
    ),
  ]);
}

/** In seconds: of routes in 4 bounds, of their backends in 7. `of` tells them apart. */
export function routeLatencyQuery(scope: Asked): string {
  return union(
    PROTOCOLS.flatMap((protocol) => [
      tagged(
        'of',
        'route',
        counted(scope, protocol, `outbound_${protocol}_route_request_duration_seconds_bucket`, [
          ...ROUTE,
          'le',
        ]),
      ),
      tagged(
        'of',
        'backend',
        counted(scope, protocol, `outbound_${protocol}_route_backend_response_duration_seconds_bucket`, [
          ...BACKEND,
          'le',
        ]),
      ),
    ]),
  );
}

export function routeRetriesQuery(scope: Asked): string {
  return union(
    PROTOCOLS.flatMap((protocol) =>
      (['requests', 'successes'] as const).map((of) =>
        tagged('of', of, counted(scope, protocol, `outbound_${protocol}_route_retry_${of}_total`, ROUTE)),
      ),
    ),
  );
}

/** Of ServiceProfiles: effective, and every attempt. `of` tells them apart; the default route has no `rt_route`. */
export function profileResponsesQuery({ matchers, windowSeconds }: Asked): string {
  const by = ['dst', 'rt_route', 'classification'];
  const of = (family: string) =>
    sumBy(by, rate(series(family, [matcher('direction', '=', 'outbound'), ...matchers]), windowSeconds));
  return union([
    tagged('of', 'effective', of('route_response_total')),
    tagged('of', 'tried', of('route_actual_response_total')),
  ]);
}

export function profileLatencyQuery({ matchers, windowSeconds }: Asked): string {
  const own = [matcher('direction', '=', 'outbound'), ...matchers];
  return sumBy(
    ['dst', 'rt_route', 'le'],
    rate(series('route_response_latency_ms_bucket', own), windowSeconds),
  );
}

function counted(scope: Asked, protocol: string, family: string, by: readonly string[]): string {
  return tagged('protocol', protocol, sumBy([...by, ...(scope.more ?? [])], rates(scope, family)));
}

/** Put together inside of their sum: its labels are by far the longest of a question. */
function rates({ matchers, windowSeconds, callers = [[]] }: Asked, family: string): string {
  return union(callers.map((own) => rate(series(family, [...own, ...matchers]), windowSeconds)));
}
