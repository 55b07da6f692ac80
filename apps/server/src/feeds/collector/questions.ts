// Which questions a round asks: the traffic every time, the dearer ones every third time.

import type { Part } from '../../mesh/answers.ts';
import { latencyQueries } from '../../sources/prometheus/latency.ts';
import { trafficQueries } from '../../sources/prometheus/traffic.ts';
import type { EdgesInView } from './edges-in-view.ts';

/** At this pace the latency tier is asked: every third traffic round. */
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
  readonly edgesInView: EdgesInView;
  readonly probeRoutes?: readonly string[];
}

export interface Turn {
  readonly number: number;
  /** Parts of the latency tier that got no answer when it was their turn. */
  readonly missed: ReadonlySet<Part>;
  /** Nothing was counted last time: there are no latencies to ask for. */
  readonly silent: boolean;
}

/** At most 5 for traffic, 9 with latency, whatever the size of the mesh and the number of viewers. Cheapest first. */
export function toQuestions(scope: QuestionScope, { number, missed, silent }: Turn): Question[] {
  const traffic = toList('traffic', trafficQueries(scope));
  if (silent) return traffic;
  const latency = toList('latency', latencyQueries(scope));
  const isTurn = number % LATENCY_EVERY === 0;
  return [...traffic, ...latency.filter(({ part }) => isTurn || missed.has(part))];
}

function toList(tier: Question['tier'], queries: Readonly<Record<string, string | null>>): Question[] {
  return Object.entries(queries).flatMap(([part, text]) =>
    text === null ? [] : [{ part: part as Part, tier, text }],
  );
}
