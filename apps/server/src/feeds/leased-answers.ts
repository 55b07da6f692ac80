// The answers as somebody asks them once: each read holds its window and moment, and lets go with its answer.

import type { HistoryParams } from '@latchwork/shared/live/live';
import type { Answer } from './answer.ts';
import type { Answers } from './answers.ts';
import { toSpan } from './scope.ts';
import type { SpanLeases, SpanUser } from './span-leases.ts';

export type AskedAnswers = Pick<
  Answers,
  | 'graph'
  | 'workloads'
  | 'workload'
  | 'routes'
  | 'calls'
  | 'podPairs'
  | 'responses'
  | 'stat'
  | 'policies'
  | 'history'
>;

export function leasedAnswers(answers: AskedAnswers, leases: SpanLeases, user: SpanUser): AskedAnswers {
  function leased<P extends HistoryParams, T>(question: (params: P) => Answer<T>): (params: P) => Answer<T> {
    return (params) => {
      const answer = question(params);
      return {
        ...answer,
        async read(signal) {
          const stop = leases.take(user, toSpan(params));
          try {
            return await answer.read(signal);
          } finally {
            stop();
          }
        },
      };
    };
  }
  return {
    graph: leased(answers.graph),
    workloads: leased(answers.workloads),
    workload: leased(answers.workload),
    routes: leased(answers.routes),
    calls: leased(answers.calls),
    podPairs: leased(answers.podPairs),
    responses: leased(answers.responses),
    stat: leased(answers.stat),
    policies: leased(answers.policies),
    history: leased(answers.history),
  };
}
