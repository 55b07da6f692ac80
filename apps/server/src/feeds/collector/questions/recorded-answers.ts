// Answers that the store's recording rules made ahead, where there are some: preferred when they are whole and of now. What
// they do not answer is asked as ever, in the same refresh.

import type { Part as PartValue } from '@latchwork/shared/parts';
import { needsPods } from '../../../mesh/flows/bare-pods.ts';
import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import {
  RECORDED_WINDOW_SECONDS,
  readRecorded,
  recordedQuery,
} from '../../../sources/prometheus/questions/recorded.ts';
import type { AskRecorded } from '../ask-round.ts';
import type { Part, RoundScope } from '../part.ts';
import { isRecorded, mostAgeSeconds } from './recording-rules.ts';

/** What a round asks for, and of which store. */
interface Asked {
  readonly scope: RoundScope;
  /** By how much the newest samples are late. */
  readonly lagSeconds: number;
  /** Its labels have names of its own, or some families stand in the place of others. */
  readonly isRenamed: boolean;
}

export class RecordedAnswers {
  readonly #client: PrometheusClient;
  readonly #now: () => number;
  /** Names of parts by whether the rules answered them last time. */
  readonly #answered = new Map<string, boolean>();
  #standing: PartValue | null = null;
  #isFirst = true;

  constructor({ client, now }: { readonly client: PrometheusClient; readonly now: () => number }) {
    this.#client = client;
    this.#now = now;
  }

  /** What the numbers were read from, in its message: they are as fresh either way. Null where there are no rules. */
  get standing(): PartValue | null {
    return this.#standing;
  }

  /** Null where the rules are of no use to this round. */
  asking(hasRules: boolean, due: readonly Part[], asked: Asked): AskRecorded | null {
    const { scope } = asked;
    this.#answered.clear();
    if (!hasRules) {
      this.#standing = null;
      return null;
    }
    const reason = notRecorded(asked, this.#isFirst);
    this.#isFirst = false;
    if (reason) {
      this.#stand(`${reason}: the series themselves were read`);
      return null;
    }
    return async (part, options) => {
      const found = due.find(({ question }) => question.part === part);
      if (!found || !isRecorded(found.question)) return null;
      const { question, reach } = found;
      // Histograms of a store that lost some of their buckets are read in another way.
      if (question.isHistogram && (scope.commonBoundsMs || scope.lastFromCount)) return null;
      const rows = await this.#client.query(recordedQuery(part, scope.matchers, reach), options);
      const recorded = readRecorded(rows, options.atSeconds, mostAgeSeconds(question));
      const samples = recorded && !needsPods(recorded) ? recorded : null;
      this.#answered.set(part, samples !== null);
      return samples;
    };
  }

  /** After a round: what it was read from. */
  conclude(): void {
    if (this.#answered.size === 0) return;
    const missing = [...this.#answered].flatMap(([part, answered]) => (answered ? [] : [part]));
    this.#stand(
      missing.length === 0
        ? 'the answers of the recording rules were read'
        : `the recording rules have no answer of now for ${missing.join(', ')}: the series themselves were read`,
    );
  }

  #stand(message: string): void {
    if (this.#standing?.message === message) return;
    const since = new Date(this.#now()).toISOString();
    this.#standing = { state: 'fresh', since, message };
  }
}

/** Why the rules answer other questions than these; null when they answer them. Whether there are bare pods shows only after the first round. */
function notRecorded(
  { scope: { windowSeconds, barePods, probeRoutes, reaching, isMetricsQl }, lagSeconds, isRenamed }: Asked,
  isFirst: boolean,
): string | null {
  if (isMetricsQl) return 'the recording rules are PromQL, which this store reads otherwise';
  if (isRenamed) return 'the recording rules know no other names of labels and families';
  if (lagSeconds > 0) return 'the recording rules were evaluated before their samples were there';
  if (windowSeconds !== RECORDED_WINDOW_SECONDS) return 'the recording rules are for a window of 1 minute';
  if (barePods && !isFirst) return 'the recording rules do not tell pods without an owner apart';
  if (reaching !== null) return 'the recording rules do not tell pods of other clusters apart';
  if (probeRoutes.length > 0) return 'the recording rules do not tell your own routes for probes apart';
  return null;
}
