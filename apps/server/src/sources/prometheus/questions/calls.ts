// What the proxies of some workloads count of the routes that their calls take: the questions about routes, by caller. Text only.

import type { AskScope } from './ask-scope.ts';
import { SOURCE_LABELS } from './owner-labels.ts';
import { ofOwners } from './owner-matchers.ts';
import { union } from './promql.ts';
import { routeBackendsQuery, routeLatencyQuery, routeRequestsQuery, routeRetriesQuery } from './routes.ts';

const CALLER = [...SOURCE_LABELS, 'pod'];

function byCaller(query: typeof routeRequestsQuery): (scope: AskScope) => string {
  return ({ matchers, reach, ...scope }) =>
    union(
      ofOwners(reach === 'all' ? [] : reach).map((own) =>
        query({ ...scope, matchers: [...own, ...matchers], more: CALLER }),
      ),
    );
}

export const callRequestsQuery = byCaller(routeRequestsQuery);
export const callBackendsQuery = byCaller(routeBackendsQuery);
export const callLatencyQuery = byCaller(routeLatencyQuery);
export const callRetriesQuery = byCaller(routeRetriesQuery);
