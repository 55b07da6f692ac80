// A question about the mesh as a value: the part that it answers, its pace, its reach and its text. Knows no answer.

import type { PartName } from '../../../mesh/answers.ts';
import type { AskScope, Reach } from '../../../sources/prometheus/questions/ask-scope.ts';

export type Tier = 'traffic' | 'latency';

export interface Question {
  readonly part: PartName;
  readonly tier: Tier;
  readonly text: (scope: AskScope) => string;
  /** Of what to ask in a mesh of so many workloads, for all who look now; absent: of everything, always. */
  readonly reach?: (wanted: readonly string[], workloads: number) => Reach;
  /** The first picture waits for it, although it is asked at a slower pace. */
  readonly isCore?: boolean;
  /** At the pace of latency, so many rounds after the others: no round is much dearer than the next. */
  readonly after?: number;
  /** Of one of its series; more is not plausible. Absent: `MOST.calls`. */
  readonly most?: number;
  /** It reads a histogram: what it costs goes with the number of bounds. */
  readonly isHistogram?: boolean;
  /** Its rows are of Services or of routes: that they name no workload says nothing about pods. */
  readonly isOfNoWorkload?: boolean;
}

/** Whether what was asked has all that is wanted. */
export function isCovered(wanted: Reach, asked: Reach): boolean {
  if (asked === 'all') return true;
  return wanted !== 'all' && wanted.every((namespace) => asked.includes(namespace));
}
