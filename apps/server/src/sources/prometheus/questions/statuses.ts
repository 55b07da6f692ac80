// How the responses of some workloads ended, as their own proxies count them: by status and gRPC code. Text only.

import type { AskScope } from './ask-scope.ts';
import { counted } from './counted.ts';
import { bySource, INBOUND } from './inbound.ts';
import { ofOwners } from './owners/owner-matchers.ts';
import { union } from './promql.ts';

/** Of different workloads at once: some stores take no more than 16 KiB. */
export const MOST_BY_STATUS = 20;

/** By the last it is told what is noise. */
const LABELS = [
  ...['classification', 'status_code', 'grpc_status'],
  ...['target_port', 'srv_port', 'srv_name', 'route_name', 'authz_name', 'tls'],
];

export function statusesQuery(scope: AskScope): string {
  const owners = ofOwners(scope.reach === 'all' ? [] : scope.reach);
  return counted(scope, (growth) =>
    union(
      owners.map((own) =>
        bySource(
          { ...scope, barePods: true },
          LABELS,
          growth('response_total', [INBOUND, ...own, ...scope.matchers]),
        ),
      ),
    ),
  );
}
