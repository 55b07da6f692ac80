// GET /debug/connection: what of this request arrived, and the setting that would allow it. Answers to any host name.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Connection } from '@latchwork/shared/connection';
import { PATHS } from '@latchwork/shared/paths';
import { sentence } from '../mesh/health/sentence.ts';
import type { HostRules } from '../security/allowed-host.ts';
import { arrivalOf } from '../security/arrival.ts';
import { connectionChecks } from '../security/connection-checks.ts';
import { plainPage } from '../security/plain-page.ts';

const schema = {
  summary: 'What of your connection arrives here',
  description:
    'For whoever sets up a proxy: each header that matters, whether it is well, and the flag that would help.',
  tags: ['server'],
  response: { 200: Connection },
};

export interface ConnectionOptions {
  readonly hostRules: HostRules;
  readonly basePath: string;
}

export const connectionRoutes: FastifyPluginAsyncTypebox<ConnectionOptions> = async (
  app,
  { hostRules: rules, basePath },
) => {
  app.get(PATHS.connection, { schema }, async (request, reply) => {
    const { headers } = request;
    const found: Connection = {
      ...connectionChecks({ headers, rules, basePath, arrival: arrivalOf(request) }),
      reads: request.isNamed && request.seesAll ? app.numbersFrom() : null,
    };
    reply.header('cache-control', 'no-store');
    if (!/\btext\/html\b/.test(headers.accept ?? '')) return found;
    const fixes = found.checks.flatMap(({ fix }) => fix ?? []);
    return reply
      .type('text/html; charset=utf-8')
      .serializer((page: unknown) => String(page))
      .send(
        plainPage({
          title:
            fixes.length === 0
              ? 'Your connection arrives well'
              : 'Something in your connection is not allowed',
          paragraphs: [
            ...found.checks.map(
              ({ what, arrived, ok, message }) =>
                `${ok ? 'Well' : 'Not well'} — ${what}: ${arrived ?? 'did not arrive'}. ${sentence(message)}`,
            ),
            `The page of this server is at ${found.publicPath}.`,
            ...(found.reads === null ? [] : [`Of the numbers: ${found.reads}.`]),
            ...(fixes.length === 0 ? [] : ['Start Latchwork with:']),
          ],
          commands: [...new Set(fixes)],
        }) as never,
      );
  });
};
