// The list of problems as it is told: with the beginning of each, and with what is accepted counted apart.

import type { Check } from '@latchwork/shared/health/check';
import type { FindingsParams, ScopeParams } from '@latchwork/shared/live/live';
import type { PlaceFindings, Problems } from '@latchwork/shared/problems/problems';
import { withAccepted } from '../mesh/findings/accepted.ts';
import { withChecks } from '../mesh/findings/check-problems.ts';
import { within as inTime } from '../within.ts';
import type { AcceptedFile } from './accepted-file.ts';
import type { Answer } from './answer.ts';
import type { Answers } from './answers.ts';
import { inWords } from './collector/standing.ts';
import type { ChecksFeed } from './health/checks.ts';
import type { Moment, SinceKeeper } from './since-keeper.ts';

export interface ProblemsFeedOptions {
  readonly answers: Pick<Answers, 'problems' | 'findings'>;
  /** Null: beginnings are not asked for. */
  readonly since: SinceKeeper | null;
  /** Of the mesh's health, for people who see all of it; null: there are none. */
  readonly checks: Pick<ChecksFeed, 'checks'> | null;
  readonly accepted: AcceptedFile;
  readonly nowMs: () => number;
}

export interface ProblemsFeed {
  /** `within`: the namespaces that whoever asks may see; absent: all. */
  problems(params: ScopeParams, within?: readonly string[]): Answer<Problems>;
  findings(params: FindingsParams, within?: readonly string[]): Answer<PlaceFindings>;
}

/** For whoever asks once. */
const SETTLE_MS = 3_000;
const CHECKS_WITHIN_MS = 5_000;
const LATE = `the checks have not answered within ${CHECKS_WITHIN_MS / 1000} s; ask again later`;

interface ToldChecks {
  readonly checks: readonly Check[];
  /** In words; null: they were answered, or nobody waits for them. */
  readonly trouble: string | null;
}

const NO_CHECKS: ToldChecks = { checks: [], trouble: null };

export function createProblemsFeed({
  answers,
  since,
  checks,
  accepted,
  nowMs,
}: ProblemsFeedOptions): ProblemsFeed {
  // Another cluster of the store has other series, which nobody asks about beginnings.
  const keeperFor = ({ cluster }: ScopeParams) => (cluster === undefined ? since : null);
  // They are of here and now, and of the whole mesh.
  const checksFor = ({ cluster, at }: ScopeParams, within?: readonly string[]) =>
    cluster === undefined && at === undefined && within === undefined ? checks : null;
  const momentOf = ({ at }: ScopeParams, value: Pick<Problems, 'at' | 'windowSeconds'>): Moment => ({
    at: value.at,
    windowSeconds: value.windowSeconds,
    key: at ?? '',
  });

  async function finish(value: Problems, isNarrowed: boolean): Promise<Problems> {
    const { entries, trouble } = await accepted.read();
    if (trouble !== null) {
      const message = isNarrowed ? null : trouble;
      return {
        ...value,
        parts: { ...value.parts, accepted: { state: 'failed', since: value.at, message } },
      };
    }
    return withAccepted(value, entries, nowMs());
  }

  return {
    problems(params, within) {
      const answer = answers.problems(params, within);
      const isNarrowed = within !== undefined;
      const keeper = keeperFor(params);
      const health = checksFor(params, within)?.checks({}) ?? null;
      return {
        key: answer.key,
        start(sink) {
          let turn = Promise.resolve();
          let isOver = false;
          let latest: Problems | null = null;
          let told = NO_CHECKS;
          function tell(value: Problems): void {
            const problems = keeper?.fill(value.problems, momentOf(params, value)) ?? value.problems;
            // In the order in which they came, although a file is read between.
            turn = turn.then(async () => {
              const finished = await finish(withTold({ ...value, problems }, told), isNarrowed);
              if (!isOver) sink.data(finished);
            });
          }
          function learn(next: ToldChecks): void {
            told = next;
            if (latest) tell(latest);
          }
          const stops = [
            answer.start({
              data(value) {
                latest = value;
                tell(value);
              },
              trouble: (error) => sink.trouble(error),
            }),
            health?.start({
              data: ({ checks: found }) => learn({ checks: found, trouble: null }),
              trouble: (error) => learn({ ...told, trouble: inWords(error) }),
            }),
          ];
          return () => {
            isOver = true;
            for (const stop of stops) stop?.();
          };
        },
        async read() {
          const looking = health?.read().then(
            ({ checks: found }): ToldChecks => ({ checks: found, trouble: null }),
            (error: unknown): ToldChecks => ({ checks: [], trouble: inWords(error) }),
          );
          const value = await answer.read();
          const problems = await keeper?.settle(value.problems, momentOf(params, value), SETTLE_MS);
          const late = (): ToldChecks => ({ checks: [], trouble: LATE });
          const told = looking ? await inTime(looking, CHECKS_WITHIN_MS, late) : NO_CHECKS;
          return finish(withTold({ ...value, problems: problems ?? value.problems }, told), isNarrowed);
        },
      };
    },
    findings(params, within) {
      const answer = answers.findings(params, within);
      const keeper = keeperFor(params);
      const dated = (value: PlaceFindings): PlaceFindings => ({
        ...value,
        findings: keeper?.fill(value.findings, momentOf(params, value)) ?? value.findings,
      });
      return {
        key: answer.key,
        start: (sink) =>
          answer.start({
            data: (value) => sink.data(dated(value)),
            trouble: (error) => sink.trouble(error),
          }),
        async read() {
          const value = await answer.read();
          const findings = await keeper?.settle(value.findings, momentOf(params, value), SETTLE_MS);
          return { ...value, findings: findings ?? value.findings };
        },
      };
    },
  };
}

/** Checks that were not answered are a part that failed: that none found anything is no news. */
function withTold(value: Problems, { checks, trouble }: ToldChecks): Problems {
  const listed = withChecks(value, checks);
  if (trouble === null) return listed;
  return {
    ...listed,
    parts: { ...value.parts, health: { state: 'failed', since: value.at, message: trouble } },
  };
}
