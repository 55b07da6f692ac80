// Calls that never got to an endpoint: in no `response_total`.

import type { AskScope } from './ask-scope.ts';
import { countedBySource } from './counted.ts';
import { matcher } from './promql.ts';

const PARENT_LABELS = [
  'parent_kind',
  'parent_namespace',
  'parent_name',
  'parent_port',
  'route_name',
  'hostname',
  'error',
];

/**
 * `error` and the deny route tell them (https://linkerd.io/docs/reference/proxy-metrics/). Families may have equal
 * labels: told apart by `protocol`.
 */
const UNREACHED_FAMILIES = [
  ...(['http', 'grpc'] as const).map(
    (protocol) =>
      [
        protocol,
        `outbound_${protocol}_route_request_statuses_total`,
        [
          matcher('error', '=~', 'FAIL_FAST|LOAD_SHED'),
          matcher('route_name', '=~', '(http|grpc)-egress-deny'),
        ],
      ] as const,
  ),
  ...(['tcp', 'tls'] as const).map(
    (protocol) =>
      [
        protocol,
        `outbound_${protocol}_route_close_total`,
        [matcher('error', '=~', 'forbidden|invalid_backend|invalid_policy')],
      ] as const,
  ),
];

export function unreachedQuery(scope: AskScope): string {
  const families = UNREACHED_FAMILIES.flatMap(([protocol, name, which]) =>
    which.map((own) => [protocol, name, [own, ...scope.matchers]] as const),
  );
  return countedBySource(scope, 'protocol', PARENT_LABELS, families);
}
