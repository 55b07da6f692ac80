// One round of questions to Prometheus. Each may fail alone; a store that answers none is left alone at once.

import type { PartName } from '../../mesh/answers.ts';
import type { PrometheusClient } from '../../sources/prometheus/client.ts';
import type { Sample } from '../../sources/prometheus/sample.ts';
import { SourceError } from '../../sources/source-error.ts';
import type { Tier } from './question.ts';

/** A question in words. */
export interface Query {
  readonly part: PartName;
  readonly tier: Tier;
  readonly text: string;
}

export interface Outcome {
  readonly part: PartName;
  /** Null when it failed. */
  readonly samples: readonly Sample[] | null;
  readonly error: unknown;
  readonly tookSeconds: number;
}

export interface RoundOptions {
  readonly atSeconds: number;
  /** The last round failed: ask one question alone, and the others only when it was answered. */
  readonly careful: boolean;
  readonly signal: AbortSignal;
  readonly onWarnings: (warnings: readonly string[]) => void;
}

/** Resolves when all are answered or failed, in the order of the queries. */
export async function askRound(
  client: PrometheusClient,
  queries: readonly Query[],
  { atSeconds, careful, signal, onWarnings }: RoundOptions,
): Promise<Outcome[]> {
  const giveUp = new AbortController();
  const either = AbortSignal.any([signal, giveUp.signal]);
  let answered = 0;

  async function ask({ part, tier, text }: Query): Promise<Outcome> {
    let tookSeconds = 0;
    function onTook(seconds: number) {
      tookSeconds = seconds;
    }
    try {
      const options = { tier, atSeconds, signal: either, onTook, onWarnings };
      const samples = await client.query(text, options);
      answered++;
      return { part, samples, error: null, tookSeconds };
    } catch (error) {
      if (answered === 0 && isOfTheStore(error)) giveUp.abort(error);
      return { part, samples: null, error: giveUp.signal.reason ?? error, tookSeconds };
    }
  }

  const [first, ...others] = queries;
  if (!careful || !first) return Promise.all(queries.map(ask));
  const knock = await ask(first);
  if (knock.samples) return [knock, ...(await Promise.all(others.map(ask)))];
  return queries.map(({ part }) => ({ ...knock, part }));
}

/** Trouble that the next question would meet as well. */
function isOfTheStore(error: unknown): boolean {
  return error instanceof SourceError && ['unreachable', 'refused', 'timed-out'].includes(error.kind);
}
