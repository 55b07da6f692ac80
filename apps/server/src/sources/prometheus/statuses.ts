// How the responses of some workloads ended, as their own proxies count them: by status and gRPC code, with the noise apart. Text only.

import type { AskScope } from './ask-scope.ts';
import { counted } from './counted.ts';
import { ofOwners } from './owner-matchers.ts';
import { withNoise } from './pods.ts';
import { union } from './promql.ts';

const STATUS_LABELS = ['classification', 'status_code', 'grpc_status'];

export function statusesQuery(scope: AskScope): string {
  const owners = ofOwners(scope.reach === 'all' ? [] : scope.reach);
  return counted(scope, (growth) =>
    union(
      owners.map((own) =>
        withNoise(
          { ...scope, barePods: true, matchers: [...own, ...scope.matchers] },
          STATUS_LABELS,
          (which) => growth('response_total', which),
        ),
      ),
    ),
  );
}
