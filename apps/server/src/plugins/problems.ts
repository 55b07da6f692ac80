// Makes `app.problems` available: what the mesh says is wrong, with its beginnings, and with what is accepted counted apart.

import fp from 'fastify-plugin';
import { createAcceptedFile, NO_ACCEPTED_FILE } from '../feeds/accepted-file.ts';
import { createProblemsFeed, type ProblemsFeed } from '../feeds/problems.ts';
import { SinceKeeper } from '../feeds/since-keeper.ts';
import type { Targets } from '../mesh/findings/problems.ts';

declare module 'fastify' {
  interface FastifyInstance {
    problems: ProblemsFeed;
  }
}

export interface ProblemsPluginOptions {
  readonly matchers: readonly string[];
  readonly targets: Targets;
  /** Null: nothing is accepted. */
  readonly acceptedFile: string | null;
  readonly nowMs: () => number;
}

export const problemsPlugin = fp<ProblemsPluginOptions>(
  async (app, { matchers, targets, acceptedFile, nowMs }) => {
    const { client } = app.prometheus;
    app.decorate(
      'problems',
      createProblemsFeed({
        answers: app.answers,
        since: new SinceKeeper({ client, matchers, nowMs, ...targets }),
        checks: app.checks,
        accepted: acceptedFile === null ? NO_ACCEPTED_FILE : createAcceptedFile(acceptedFile),
        nowMs,
      }),
    );
  },
  { name: 'problems', dependencies: ['answers', 'prometheus', 'checks'] },
);
