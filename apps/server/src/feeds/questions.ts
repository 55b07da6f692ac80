// Which questions a refresh asks: the traffic every time, the dearer ones every third time.

import type { Part } from '../mesh/answers.ts';
import { latencyQueries } from '../sources/prometheus/latency.ts';
import { trafficQueries } from '../sources/prometheus/traffic.ts';

/** At this pace the latency tier is asked: every third traffic refresh. */
const LATENCY_EVERY = 3;

export interface Question {
  readonly part: Part;
  readonly tier: 'traffic' | 'latency';
  readonly text: string;
}

export interface QuestionScope {
  readonly matchers: readonly string[];
  readonly barePods: boolean;
  readonly windowSeconds: number;
  readonly coarse: boolean;
}

/** At most 8 for traffic, 10 with latency, whatever the size of the mesh and the number of viewers. */
export function toQuestions(scope: QuestionScope, turn: number): Question[] {
  const traffic = Object.entries(trafficQueries(scope)).map(([part, text]) => ({
    part: part as Part,
    tier: 'traffic' as const,
    text,
  }));
  if (turn % LATENCY_EVERY !== 0) return traffic;
  const latency = Object.entries(latencyQueries(scope)).map(([part, text]) => ({
    part: part as Part,
    tier: 'latency' as const,
    text,
  }));
  return [...traffic, ...latency];
}
