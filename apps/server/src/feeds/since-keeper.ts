// Since when each problem is there: read from the store once for each place, one question after the other, and kept while
// the problem is.

import { type Since, toSince, withSince } from '../mesh/findings/since.ts';
import type { PrometheusClient } from '../sources/prometheus/client.ts';
import {
  dataQuery,
  type SinceQuestion,
  type SinceScope,
  sinceQuery,
} from '../sources/prometheus/questions/since.ts';
import { within } from '../within.ts';

export interface SinceKeeperOptions extends Omit<SinceScope, 'windowSeconds'> {
  readonly client: Pick<PrometheusClient, 'queryRange'>;
  readonly nowMs: () => number;
}

interface Dated extends SinceQuestion {
  readonly since: string | null;
  readonly sinceBefore: boolean;
  readonly places: readonly { readonly where: string }[];
}

/** What a list of problems says of itself. */
export interface Moment {
  readonly at: string;
  readonly windowSeconds: number;
  /** Told apart from other clusters and moments. */
  readonly key: string;
}

interface Known {
  since: Since | null;
  seenMs: number;
  /** When it is asked again, as long as nobody knows. */
  dueMs: number;
  retryMs: number;
}

/** A narrow hour first; a day where that was not enough. */
const SPANS = [
  { seconds: 3600, stepSeconds: 30 },
  { seconds: 86_400, stepSeconds: 600 },
] as const;
/** The heaviest of a list, and the first places of each. */
const MOST_PROBLEMS = 60;
const MOST_PLACES = 3;
/** A problem that was not seen for so long is another one when it comes again. */
const FORGET_MS = 300_000;
/** Longer than from one refresh to the next. */
const WANTED_MS = 60_000;
/** What began between two steps is at none of them yet. Asked again after this, then after twice that, and so on. */
const FIRST_RETRY_MS = 15_000;
const DATA_FOR_MS = 600_000;

export class SinceKeeper {
  readonly #options: SinceKeeperOptions;
  readonly #known = new Map<string, Known>();
  readonly #data = new Map<string, { begin: Promise<number>; atMs: number }>();
  #last: Promise<void> = Promise.resolve();

  constructor(options: SinceKeeperOptions) {
    this.#options = options;
  }

  /** With what is known by now; asks for the rest, which the next list has. */
  fill<P extends Dated>(problems: readonly P[], moment: Moment): P[] {
    this.#forget();
    return problems.map((problem, index) => {
      const asked = index < MOST_PROBLEMS ? problem.places.slice(0, MOST_PLACES) : [];
      const known = asked.map(({ where }) => this.#look({ ...problem, where }, moment));
      return withSince(
        problem,
        known.flatMap(({ since }) => since ?? []),
      );
    });
  }

  /** The same for one who asks once: waits for the store, but not for long. */
  async settle<P extends Dated>(problems: readonly P[], moment: Moment, withinMs: number): Promise<P[]> {
    this.fill(problems, moment);
    await within(this.#last, withinMs, () => undefined);
    return this.fill(problems, moment);
  }

  #look(question: SinceQuestion, moment: Moment): Known {
    const key = `${moment.key} ${question.kind} ${question.code} ${question.where}`;
    const nowMs = this.#options.nowMs();
    const known = this.#known.get(key) ?? {
      ...{ since: null, seenMs: nowMs, dueMs: nowMs, retryMs: FIRST_RETRY_MS },
    };
    this.#known.set(key, known);
    known.seenMs = nowMs;
    if (known.since !== null || nowMs < known.dueMs) return known;
    known.dueMs = nowMs + known.retryMs;
    known.retryMs *= 2;
    const query = sinceQuery(question, { ...this.#options, windowSeconds: moment.windowSeconds });
    // One after the other: whoever looks at the mesh goes first.
    if (query !== null) {
      this.#last = this.#last.then(async () => {
        // Nobody has looked since: their turn goes to those who do.
        if (this.#options.nowMs() - known.seenMs > WANTED_MS) known.dueMs = 0;
        else known.since ??= await this.#ask(query, moment).catch(() => null);
      });
    }
    return known;
  }

  async #ask(query: string, moment: Moment): Promise<Since | null> {
    const dataSeconds = await this.#dataBegin(moment);
    let since: Since | null = null;
    for (const { seconds, stepSeconds } of SPANS) {
      const endSeconds = Date.parse(moment.at) / 1000;
      // The last step is now.
      const steps = Math.floor((endSeconds - Math.max(endSeconds - seconds, dataSeconds)) / stepSeconds);
      const startSeconds = endSeconds - steps * stepSeconds;
      const lines = await this.#options.client.queryRange(query, {
        ...{ tier: 'since', startSeconds, endSeconds, stepSeconds },
      });
      const moments = lines.flatMap(({ points }) =>
        points.flatMap(([at, value]) => (Number.isFinite(value) ? [at] : [])),
      );
      const { windowSeconds } = moment;
      const found = toSince(moments, { stepSeconds, windowSeconds, dataSeconds });
      if (found === null) return since;
      since = found;
      if (found.before || found.atSeconds > startSeconds + 2 * stepSeconds) return since;
    }
    return since && { ...since, before: true };
  }

  #dataBegin(moment: Moment): Promise<number> {
    const nowMs = this.#options.nowMs();
    const known = this.#data.get(moment.key);
    if (known && nowMs - known.atMs < DATA_FOR_MS) return known.begin;
    const begin = this.#askBegin(moment);
    this.#data.set(moment.key, { begin, atMs: nowMs });
    begin.catch(() => this.#data.delete(moment.key));
    return begin;
  }

  async #askBegin({ at }: Moment): Promise<number> {
    const endSeconds = Date.parse(at) / 1000;
    const day = SPANS[1];
    let begin = endSeconds - day.seconds;
    // The day says in which ten minutes it began, the ten minutes when.
    for (const stepSeconds of [day.stepSeconds, 15]) {
      const lines = await this.#options.client.queryRange(dataQuery(this.#options.matchers), {
        ...{ tier: 'since', startSeconds: begin, stepSeconds },
        endSeconds: stepSeconds === 15 ? Math.min(endSeconds, begin + day.stepSeconds) : endSeconds,
      });
      const first = Math.min(...lines.flatMap(({ points }) => points.map(([moment]) => moment)));
      if (!Number.isFinite(first)) return begin;
      if (stepSeconds === 15 || first <= begin) return first;
      begin = first - stepSeconds;
    }
    return begin;
  }

  #forget(): void {
    const oldMs = this.#options.nowMs() - FORGET_MS;
    for (const [key, { seenMs }] of this.#known) if (seenMs < oldMs) this.#known.delete(key);
    for (const [key, { atMs }] of this.#data) if (atMs < oldMs - DATA_FOR_MS) this.#data.delete(key);
  }
}
