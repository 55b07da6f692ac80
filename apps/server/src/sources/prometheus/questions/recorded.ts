// Answers that a store makes ahead by recording rules: under which names they stand, and how to tell that one is whole and
// of now. Text and rows only; which questions are recorded is the collector's business.

import type { Sample } from '../sample.ts';
import type { Reach } from './ask-scope.ts';
import { matcher, series, tagged, union } from './promql.ts';

/** Another number when a rule's labels change: a server reads no answer of rules that it does not know. */
const RULES_VERSION = '2';
/** On one series of each answer, whose value is the time at which it was made: it is there although nothing moved. */
const MARK = 'latchwork_rules';
/** All rates of the rules are over this window. */
export const RECORDED_WINDOW_SECONDS = 60;

/** `inboundLatency` → `latchwork:inbound_latency:rate1m`. */
export function recordName(part: string): string {
  return `latchwork:${part.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}:rate1m`;
}

/** What a rule evaluates to answer a question ahead. */
export function recordedExpression(question: string): string {
  return union([question, tagged(MARK, RULES_VERSION, 'vector(time())')]);
}

/** The answer to a question, of the edges of some namespaces or of all there is. */
export function recordedQuery(part: string, matchers: readonly string[], reach: Reach): string {
  const of = (...more: readonly string[]) => series(recordName(part), [...more, ...matchers]);
  if (reach === 'all') return of();
  const names = reach.join('|');
  return union([
    of(matcher('namespace', '=~', names)),
    of(matcher('namespace', '!~', names), matcher('dst_namespace', '=~', names)),
    of(matcher(MARK, '=', RULES_VERSION)),
  ]);
}

/** Whether the store has such rules; their cheapest answer stands for all. */
export function rulesQuery(matchers: readonly string[]): string {
  return `count(${series(recordName('unreached'), [matcher(MARK, '=', RULES_VERSION), ...matchers])})`;
}

/** Null when the rules made no answer of late: it may be old, or there is none. */
export function readRecorded(
  samples: readonly Sample[],
  atSeconds: number,
  mostAgeSeconds: number,
): readonly Sample[] | null {
  const marks = samples.filter(({ labels }) => labels[MARK] === RULES_VERSION);
  // Of several stores behind one, the slowest tells how old the whole is.
  const madeAtSeconds = Math.min(...marks.map(({ value }) => value));
  if (marks.length === 0 || !(atSeconds - madeAtSeconds <= mostAgeSeconds)) return null;
  return samples.filter(({ labels }) => labels[MARK] === undefined);
}
