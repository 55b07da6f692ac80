// The questions about routes: of the whole mesh, and only while somebody looks at them.

import type { Reach } from '../../sources/prometheus/ask-scope.ts';
import {
  profileLatencyQuery,
  profileResponsesQuery,
  routeBackendsQuery,
  routeLatencyQuery,
  routeRequestsQuery,
  routeRetriesQuery,
} from '../../sources/prometheus/routes.ts';
import type { Wants } from '../wants.ts';
import type { Question } from './question.ts';

/** Any wish is a wish for all: a route is of its parent's namespace, its numbers of every caller's. */
const EVERYWHERE = ['*'];

function reach(wanted: readonly string[]): Reach {
  return wanted.length > 0 ? 'all' : [];
}

export const ROUTE_QUESTIONS: readonly Question[] = [
  { part: 'routeRequests', tier: 'traffic', text: routeRequestsQuery, reach },
  { part: 'routeBackends', tier: 'traffic', text: routeBackendsQuery, reach },
  { part: 'routeRetries', tier: 'traffic', text: routeRetriesQuery, reach },
  { part: 'profileResponses', tier: 'traffic', text: profileResponsesQuery, reach },
  { part: 'routeLatency', tier: 'traffic', text: routeLatencyQuery, reach, isHistogram: true },
  { part: 'profileLatency', tier: 'traffic', text: profileLatencyQuery, reach, isHistogram: true },
];

export const ROUTE_WANTS: Wants = Object.fromEntries(ROUTE_QUESTIONS.map(({ part }) => [part, EVERYWHERE]));
