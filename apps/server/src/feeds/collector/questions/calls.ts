// The questions about the routes that calls of single workloads take: only while somebody looks at one, and of those alone.

import type { Reach } from '../../../sources/prometheus/questions/ask-scope.ts';
import {
  callBackendsQuery,
  callLatencyQuery,
  callRequestsQuery,
  callRetriesQuery,
} from '../../../sources/prometheus/questions/calls.ts';
import type { Wants } from '../../wants.ts';
import type { Question } from './question.ts';

/** Of different workloads at once: their names are in each question. */
const MOST_CALLERS = 60;

function reach(wanted: readonly string[]): Reach {
  return [...new Set(wanted)].sort().slice(0, MOST_CALLERS);
}

const OF_CALLS = { tier: 'traffic', reach, isOfNoWorkload: true } as const;

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
