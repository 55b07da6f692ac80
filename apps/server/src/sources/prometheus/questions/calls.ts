// What the proxies of some workloads count of the routes that their calls take: the questions about routes, by caller. Text only.

import type { AskScope } from './ask-scope.ts';
import { SOURCE_LABELS } from './owners/owner-labels.ts';
import { ofOwners } from './owners/owner-matchers.ts';
import {
  routeBackendsQuery,
  routeLatencyQuery,
  routeRequestsQuery,
  routeRetriesQuery,
} from './routes/routes.ts';

/** Of different workloads at once: some stores take no more than 16 KiB. */
export const MOST_CALLERS = 15;

const CALLER = [...SOURCE_LABELS, 'pod'];

function byCaller(query: typeof routeRequestsQuery): (scope: AskScope) => string {
  return ({ reach, ...scope }) =>
    query({ ...scope, more: CALLER, callers: ofOwners(reach === 'all' ? [] : reach) });
}

export const callRequestsQuery = byCaller(routeRequestsQuery);
export const callBackendsQuery = byCaller(routeBackendsQuery);
export const callLatencyQuery = byCaller(routeLatencyQuery);
export const callRetriesQuery = byCaller(routeRetriesQuery);
