// The questions about routes: of the whole mesh, and only while somebody looks at them.

import type { Reach } from '../../../sources/prometheus/questions/ask-scope.ts';
import {
  profileLatencyQuery,
  profileResponsesQuery,
  routeBackendsQuery,
  routeLatencyQuery,
  routeRequestsQuery,
  routeRetriesQuery,
} from '../../../sources/prometheus/questions/routes/routes.ts';
import type { Wants } from '../../wants.ts';
import type { Question } from './question.ts';

/** Any wish is a wish for all: a route is of its parent's namespace, its numbers of every caller's. */
const EVERYWHERE = ['*'];

function reach(wanted: readonly string[]): Reach {
  return wanted.length > 0 ? 'all' : [];
}

const OF_ROUTES = { tier: 'traffic', reach, isOfNoWorkload: true } as const;

export const ROUTE_QUESTIONS: readonly Question[] = [
  { part: 'routeRequests', ...OF_ROUTES, text: routeRequestsQuery },
  { part: 'routeBackends', ...OF_ROUTES, text: routeBackendsQuery },
  { part: 'routeRetries', ...OF_ROUTES, text: routeRetriesQuery },
  { part: 'profileResponses', ...OF_ROUTES, text: profileResponsesQuery },
  { part: 'routeLatency', ...OF_ROUTES, text: routeLatencyQuery, isHistogram: true },
  { part: 'profileLatency', ...OF_ROUTES, text: profileLatencyQuery, isHistogram: true },
];

export const ROUTE_WANTS: Wants = Object.fromEntries(ROUTE_QUESTIONS.map(({ part }) => [part, EVERYWHERE]));
