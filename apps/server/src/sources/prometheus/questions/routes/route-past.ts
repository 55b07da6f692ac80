// What the backends of one route got, for a range. Text only.

import { matcher, rate, series, sumBy, tagged, union } from '../promql.ts';
import { BACKEND, PROTOCOLS } from './route-labels.ts';

/** As metrics name it. `parent` is a Service or an EgressNetwork. */
export interface AskedRoute {
  readonly parent: { readonly kind: string; readonly namespace: string; readonly name: string };
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Long enough for four scrapes of every half minute. */
export const RATE_SECONDS = 120;

export function routePastQuery(route: AskedRoute, matchers: readonly string[]): string {
  const { parent, kind, namespace, name } = route;
  const own = [
    matcher('parent_kind', '=', parent.kind),
    matcher('parent_namespace', '=', parent.namespace),
    matcher('parent_name', '=', parent.name),
    matcher('route_kind', '=', kind),
    matcher('route_namespace', '=', namespace),
    matcher('route_name', '=', name),
    ...matchers,
  ];
  return union(
    PROTOCOLS.map((protocol) =>
      tagged(
        'protocol',
        protocol,
        sumBy(
          [...BACKEND, `${protocol}_status`, 'error'],
          rate(series(`outbound_${protocol}_route_backend_response_statuses_total`, own), RATE_SECONDS),
        ),
      ),
    ),
  );
}
