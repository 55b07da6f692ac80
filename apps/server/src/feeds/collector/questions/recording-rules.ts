// The collector's questions as recording rules, for stores that can answer ahead: each refresh then reads one sample a row
// instead of all that its windows hold. `deploy/prometheus/write-rules.ts` writes them down.

import type { AskScope } from '../../../sources/prometheus/questions/ask-scope.ts';
import {
  RECORDED_WINDOW_SECONDS,
  recordedExpression,
  recordName,
} from '../../../sources/prometheus/questions/recorded.ts';
import { edgeLatency } from './edge-latency.ts';
import type { Question } from './question.ts';
import { QUESTIONS } from './questions.ts';

export interface RuleGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly { readonly record: string; readonly expr: string }[];
}

const TRAFFIC_SECONDS = 15;
const LATENCY_SECONDS = 30;
/** A rule that missed one turn is late, not gone. */
const TURNS = 2.5;

/** As everybody's questions are: of the whole mesh, whose pods have owners. */
const SCOPE: AskScope = {
  matchers: [],
  barePods: false,
  windowSeconds: RECORDED_WINDOW_SECONDS,
  intervalSeconds: null,
  withNew: true,
  newPods: null,
  renamed: true,
  oldPods: [],
  withoutVersions: false,
  isMetricsQl: false,
  coarse: false,
  commonBoundsMs: null,
  lastFromCount: false,
  reaching: null,
  probeRoutes: [],
  reach: 'all',
  sight: 'sum',
};

/** What is asked for anybody who looks; what only some views ask is rare, and asked as ever. */
const RECORDED = QUESTIONS.filter((question) => !question.reach || question === edgeLatency);

/** The dearest stand apart, so that a store may go without them. */
export function toRuleGroups(): RuleGroup[] {
  const groups: [string, number, (question: Question) => boolean][] = [
    ['latchwork-traffic', TRAFFIC_SECONDS, ({ tier }) => tier === 'traffic'],
    ['latchwork-latency', LATENCY_SECONDS, (one) => one.tier === 'latency' && one !== edgeLatency],
    ['latchwork-edge-latency', LATENCY_SECONDS, (one) => one === edgeLatency],
  ];
  return groups.map(([name, seconds, isOf]) => ({
    name,
    interval: `${seconds}s`,
    rules: RECORDED.filter(isOf).map(({ part, text }) => ({
      record: recordName(part),
      expr: recordedExpression(text(SCOPE)),
    })),
  }));
}

export function mostAgeSeconds({ tier }: Pick<Question, 'tier'>): number {
  return TURNS * (tier === 'traffic' ? TRAFFIC_SECONDS : LATENCY_SECONDS);
}

export function isRecorded(question: Question): boolean {
  return RECORDED.includes(question);
}
