// One round of questions to Prometheus. Each may fail alone; a store that answers none is left alone at once.

import type { PartName } from '../../mesh/answers.ts';
import type { PrometheusClient } from '../../sources/prometheus/client.ts';
import type { Sight } from '../../sources/prometheus/questions/ask-scope.ts';
import { isPlausible } from '../../sources/prometheus/questions/plausible.ts';
import type { Sample } from '../../sources/prometheus/sample.ts';
import { SourceError } from '../../sources/source-error.ts';
import { areDoubtful } from './doubt.ts';
import type { Tier } from './questions/question.ts';

/** A question in words. */
export interface Query {
  readonly part: PartName;
  readonly tier: Tier;
  /** `oldPods`: those of which nothing is new; null: that may be any. */
  readonly text: (sight: Sight, oldPods?: readonly string[] | null) => string;
  readonly windowSeconds: number;
  /** Of one of its series; more is not plausible. */
  readonly most: number;
}

export interface Outcome {
  readonly part: PartName;
  /** Null when it failed. */
  readonly samples: readonly Sample[] | null;
  /** Series left out, because they have values which no proxy has: how many, by `namespace` and `pod`. */
  readonly strange: readonly Sample[];
  readonly error: unknown;
  readonly tookSeconds: number;
}

/** What recording rules have answered ahead; null where they have not. */
export type AskRecorded = (
  part: PartName,
  options: Parameters<PrometheusClient['query']>[1],
) => Promise<readonly Sample[] | null>;

export interface RoundOptions {
  readonly atSeconds: number;
  /** The last round failed: ask one question alone, and the others only when it was answered. */
  readonly careful: boolean;
  readonly signal: AbortSignal;
  readonly onWarnings: (warnings: readonly string[]) => void;
  /** Each as it comes, and done before it counts as answered. */
  readonly onOutcome?: (outcome: Outcome) => Promise<void>;
  readonly askRecorded?: AskRecorded | null;
  /** Pods of which what is new is not; null where the store does not say, or some have no name. Asked once. */
  readonly askReplaced: () => Promise<readonly string[] | null>;
}

/** Resolves when all are answered or failed, in the order of the queries. */
export async function askRound(
  client: PrometheusClient,
  queries: readonly Query[],
  { atSeconds, careful, signal, onWarnings, onOutcome, askRecorded, askReplaced }: RoundOptions,
): Promise<Outcome[]> {
  const giveUp = new AbortController();
  const either = AbortSignal.any([signal, giveUp.signal]);
  let answered = 0;

  async function ask(query: Query): Promise<Outcome> {
    const outcome = await askOne(query);
    await onOutcome?.(outcome);
    return outcome;
  }

  async function askOne({ part, tier, text, most, windowSeconds }: Query): Promise<Outcome> {
    const none = { part, strange: [], error: null };
    let tookSeconds = 0;
    function onTook(seconds: number) {
      tookSeconds = seconds;
    }
    try {
      const options = { tier, atSeconds, signal: either, onTook, onWarnings };
      const recorded = (await askRecorded?.(part, options)) ?? null;
      const samples = recorded ?? (await client.query(text('sum'), options));
      answered++;
      if (samples.every(({ value }) => isPlausible(value, most))) {
        if (!areDoubtful(samples, windowSeconds)) return { ...none, samples, tookSeconds };
        // Rare as well: a scrape configuration changed, or a workload that others call much has just begun.
        const oldPods = await askReplaced();
        if (oldPods?.length === 0) return { ...none, samples, tookSeconds };
        return { ...none, samples: await client.query(text('sum', oldPods), options), tookSeconds };
      }
      // Rare, and dear: one series with a value that no proxy has spoils every sum that it is in.
      const [plausible, strange] = await Promise.all([
        client.query(text('plausible'), options),
        client.query(text('strange'), options),
      ]);
      const kept = plausible.filter(({ value }) => isPlausible(value, most));
      return { ...none, samples: kept, strange, tookSeconds };
    } catch (error) {
      if (answered === 0 && isOfTheStore(error)) giveUp.abort(error);
      return { ...none, samples: null, error: giveUp.signal.reason ?? error, tookSeconds };
    }
  }

  const [first, ...others] = queries;
  if (!careful || !first) return Promise.all(queries.map(ask));
  const knock = await ask(first);
  if (knock.samples) return [knock, ...(await Promise.all(others.map(ask)))];
  const unasked = others.map(({ part }) => ({ ...knock, part }));
  for (const outcome of unasked) onOutcome?.(outcome);
  return [knock, ...unasked];
}

/** It does not answer at all: to be waited for once. */
export function isGone(error: unknown): boolean {
  return error instanceof SourceError && (error.kind === 'unreachable' || error.kind === 'timed-out');
}

/** Trouble that the next question would meet as well. */
function isOfTheStore(error: unknown): boolean {
  return error instanceof SourceError && (isGone(error) || error.kind === 'refused');
}
