// One question of a collection with all that is known of it: whether it is due, of what it was asked, its last good
// answer, and how it stands.

import type { Part as PartValue } from '@latchwork/shared/parts';
import type { AskScope, Reach } from '../../sources/prometheus/questions/ask-scope.ts';
import { MOST } from '../../sources/prometheus/questions/plausible.ts';
import type { Sample } from '../../sources/prometheus/sample.ts';
import type { Wants } from '../wants.ts';
import type { Outcome, Query } from './ask-round.ts';
import { isCovered, type Question } from './questions/question.ts';
import { Standing } from './standing.ts';

/** What all questions of a round have in common. */
export type RoundScope = Omit<AskScope, 'reach' | 'sight'>;

/** Some stores take no more than 16 KiB; what is new is then left to the next scrape. */
const LONGEST = 15_000;
/** More of them are not named: then what is new is left to the next scrape. */
const MOST_OLD_PODS = 12;
/** At this pace the latency tier is asked: every third traffic round. */
const LATENCY_EVERY = 3;
/** One that fails again and again waits for its turn like the others. */
const MOST_RETRIES = 3;

export class Part {
  readonly question: Question;
  readonly #standing = new Standing();
  #samples: readonly Sample[] | null = null;
  #strange: readonly Sample[] = [];
  /** Of what to ask now, and of what the last answer is. */
  #reach: Reach = 'all';
  #covered: Reach = [];
  /** Times that it got no answer since it was due out of turn; null: it waits for its turn. */
  #misses: number | null = null;

  constructor(question: Question) {
    this.question = question;
  }

  /** The last good answer; null when there was none. */
  get samples(): readonly Sample[] | null {
    return this.#samples;
  }

  /** Series that its last answer leaves out: how many, by `namespace` and `pod`. */
  get strange(): readonly Sample[] {
    return this.#strange;
  }

  get standing(): PartValue | null {
    return this.#standing.value;
  }

  /** Of what its last answer is. */
  get covered(): Reach {
    return this.#covered;
  }

  get reach(): Reach {
    return this.#reach;
  }

  /** Somebody wants what its last answer has not. */
  get isOwed(): boolean {
    return this.question.reach !== undefined && !isCovered(this.#reach, this.#covered);
  }

  /** What comes into view is asked for out of turn; when nothing is left, the last answer is of no use. */
  want(wants: readonly Wants[], workloads: number): void {
    this.#reach = this.#reachOf(wants, workloads);
    if (this.#reach.length === 0) {
      this.#samples = null;
      this.#strange = [];
      this.#covered = [];
      this.#misses = null;
      this.#standing.forget();
    } else if (this.isOwed) this.#misses ??= 0;
  }

  /** Whether what is known has all that is wanted, as far as it is asked for at all. */
  covers(wants: readonly Wants[], workloads: number): boolean {
    return !this.question.reach || isCovered(this.#reachOf(wants, workloads), this.#covered);
  }

  /** `silent`: nothing moved last time, so there are no latencies to ask for. */
  isDue(turn: number, silent: boolean): boolean {
    if (this.#reach.length === 0) return false;
    if (this.question.tier === 'traffic') return true;
    const isOwed = this.#misses !== null && this.#misses <= MOST_RETRIES;
    const isInTurn = turn === 0 || turn % LATENCY_EVERY === (this.question.after ?? 0);
    return !silent && (isInTurn || isOwed);
  }

  toQuery(scope: RoundScope): Query {
    const { part, tier, text, most = MOST.calls } = this.question;
    const known = { ...scope, reach: this.#reach };
    return {
      ...{ part, tier, most, windowSeconds: scope.windowSeconds },
      text(sight, oldPods = []) {
        if (oldPods === null || oldPods.length > MOST_OLD_PODS)
          return text({ ...known, sight, withNew: false });
        const whole = text({ ...known, sight, oldPods });
        return whole.length <= LONGEST ? whole : text({ ...known, sight, withNew: false });
      },
    };
  }

  keep({ samples, strange, error }: Outcome, atSeconds: number, nowMs: number): void {
    if (samples) {
      this.#samples = samples;
      this.#strange = strange;
      this.#covered = this.#reach;
      this.#misses = null;
      this.#standing.fresh(nowMs, atSeconds);
    } else {
      this.#misses = (this.#misses ?? 0) + 1;
      this.#standing.failed(nowMs, error);
    }
  }

  /** Nothing came: what is known is old from now on. */
  lose(error: unknown, nowMs: number): void {
    if (this.#samples) this.#standing.failed(nowMs, error);
  }

  /** The store said nothing at all: it never was, or no longer is, an answer. */
  fail(error: unknown, nowMs: number): void {
    this.#standing.failed(nowMs, error);
  }

  /** It waits for its turn, whatever it missed. */
  forgetMisses(): void {
    this.#misses = null;
  }

  #reachOf(wants: readonly Wants[], workloads: number): Reach {
    const { part, reach } = this.question;
    return reach
      ? reach(
          wants.flatMap((one) => one[part] ?? []),
          workloads,
        )
      : 'all';
  }
}
