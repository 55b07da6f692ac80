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
          let found: readonly Check[] = [];
          function tell(value: Problems): void {
            const problems = keeper?.fill(value.problems, momentOf(params, value)) ?? value.problems;
            // In the order in which they came, although a file is read between.
            turn = turn.then(async () => {
              const finished = await finish(withChecks({ ...value, problems }, found), isNarrowed);
              if (!isOver) sink.data(finished);
            });
          }
          const stops = [
            answer.start({
              data(value) {
                latest = value;
                tell(value);
              },
              trouble: (error) => sink.trouble(error),
            }),
            // What cannot be told of health is told there.
            health?.start({
              data(value) {
                found = value.checks;
                if (latest) tell(latest);
              },
              trouble: () => undefined,
            }),
          ];
          return () => {
            isOver = true;
            for (const stop of stops) stop?.();
          };
        },
        async read() {
          const looking = health?.read().then(
            (value) => value.checks,
            () => [],
          );
          const value = await answer.read();
          const problems = await keeper?.settle(value.problems, momentOf(params, value), SETTLE_MS);
          const found = looking ? await inTime(looking, CHECKS_WITHIN_MS, () => []) : [];
          return finish(withChecks({ ...value, problems: problems ?? value.problems }, found), isNarrowed);
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
