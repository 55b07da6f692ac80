// The questions about the routes that calls of single workloads take: only while somebody looks at one, and of those alone.

import {
  callBackendsQuery,
  callLatencyQuery,
  callRequestsQuery,
  callRetriesQuery,
  MOST_CALLERS,
} from '../../../sources/prometheus/questions/calls.ts';
import { ownersAsked } from '../../../sources/prometheus/questions/owners/owner-matchers.ts';
import type { Wants } from '../../wants.ts';
import type { Question } from './question.ts';

const OF_CALLS = {
  ...({ tier: 'traffic', isOfNoWorkload: true } as const),
  reach: (wanted: readonly string[]) => ownersAsked(wanted, MOST_CALLERS),
};

export const CALL_QUESTIONS: readonly Question[] = [
  { part: 'callRequests', ...OF_CALLS, text: callRequestsQuery },
  { part: 'callBackends', ...OF_CALLS, text: callBackendsQuery },
  { part: 'callRetries', ...OF_CALLS, text: callRetriesQuery },
  { part: 'callLatency', ...OF_CALLS, text: callLatencyQuery, isHistogram: true },
];

/** `id` of the workload that calls. */
export function callWants(id: string): Wants {
  return Object.fromEntries(CALL_QUESTIONS.map(({ part }) => [part, [id]]));
}
