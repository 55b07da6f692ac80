// The list of problems as it is told: with the beginning of each, and with what is accepted counted apart.

import type { FindingsParams, ScopeParams } from '@latchwork/shared/live';
import type { PlaceFindings, Problems } from '@latchwork/shared/problems';
import { withAccepted } from '../mesh/findings/accepted.ts';
import type { AcceptedFile } from './accepted-file.ts';
import type { Answer } from './answer.ts';
import type { Answers } from './answers.ts';
import type { Moment, SinceKeeper } from './since-keeper.ts';

export interface ProblemsFeedOptions {
  readonly answers: Pick<Answers, 'problems' | 'findings'>;
  /** Null: beginnings are not asked for. */
  readonly since: SinceKeeper | null;
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

export function createProblemsFeed({ answers, since, accepted, nowMs }: ProblemsFeedOptions): ProblemsFeed {
  // Another cluster of the store has other series, which nobody asks about beginnings.
  const keeperFor = ({ cluster }: ScopeParams) => (cluster === undefined ? since : null);
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
      return {
        key: answer.key,
        start(sink) {
          let turn = Promise.resolve();
          let isOver = false;
          const stop = answer.start({
            data(value) {
              const problems = keeper?.fill(value.problems, momentOf(params, value)) ?? value.problems;
              // In the order in which they came, although a file is read between.
              turn = turn.then(async () => {
                const finished = await finish({ ...value, problems }, isNarrowed);
                if (!isOver) sink.data(finished);
              });
            },
            trouble: (error) => sink.trouble(error),
          });
          return () => {
            isOver = true;
            stop();
          };
        },
        async read() {
          const value = await answer.read();
          const problems = await keeper?.settle(value.problems, momentOf(params, value), SETTLE_MS);
          return finish({ ...value, problems: problems ?? value.problems }, isNarrowed);
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
