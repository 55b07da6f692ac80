// The questions about the pods behind single edges: only while somebody looks at one, and of those alone.

import {
  pairConnectionsQuery,
  pairLatenciesAsked,
  pairLatencyQuery,
  pairOpenQuery,
  pairResponsesQuery,
  pairsAsked,
} from '../../../sources/prometheus/questions/pod-pairs.ts';
import type { Wants } from '../../wants.ts';
import type { Question } from './question.ts';

const OF_PAIRS = { tier: 'traffic', reach: pairsAsked, isOfNoWorkload: true } as const;

export const PAIR_QUESTIONS: readonly Question[] = [
  { part: 'pairResponses', ...OF_PAIRS, text: pairResponsesQuery },
  { part: 'pairConnections', ...OF_PAIRS, text: pairConnectionsQuery },
  { part: 'pairOpen', ...OF_PAIRS, text: pairOpenQuery },
  { part: 'pairLatency', ...OF_PAIRS, reach: pairLatenciesAsked, text: pairLatencyQuery, isHistogram: true },
];

/** `where`: an edge or a namespace. */
export function pairWants(where: string): Wants {
  return Object.fromEntries(PAIR_QUESTIONS.map(({ part }) => [part, [where]]));
}
