// The questions about the pods behind single edges: only while somebody looks at one, and of those alone.

import {
  pairConnectionsQuery,
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
];

/** `where`: an edge or a namespace. */
export function pairWants(where: string): Wants {
  return Object.fromEntries(PAIR_QUESTIONS.map(({ part }) => [part, [where]]));
}
