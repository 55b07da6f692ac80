// The frame's socket: bound to what its link opens, and closed when the link ends. Everything else on it is refused.

import type { EmbedParams } from '@latchwork/shared/embed';
import { TOPICS } from '@latchwork/shared/live';
import { PATHS } from '@latchwork/shared/paths';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { Feeds } from '../feeds/feeds.ts';
import type { EmbedGrant } from '../plugins/embed.ts';
import { EmbedRefusal } from '../security/embed-refusal.ts';
import { closeRefusedUpgrade } from '../security/refused-upgrade.ts';
import { deflatedStream, PING_EVERY_MS, refusePlain, serveLive } from './live.ts';
import { createLiveSession } from './live-session.ts';

/** The close code for what policy forbids. */
const POLICY_VIOLATION = 1008;

declare module 'fastify' {
  interface FastifyRequest {
    embedGrant: EmbedGrant | null;
  }
}

export const embedLiveRoutes: FastifyPluginAsync<{ readonly pingEveryMs?: number }> = async (
  app,
  { pingEveryMs = PING_EVERY_MS },
) => {
  app.decorateRequest('embedGrant', null);

  const admit = (request: FastifyRequest) => app.embed.admit(request, linkOf(request), 'graph');

  app.route({
    method: 'GET',
    url: PATHS.embedLive,
    schema: { hide: true },
    // Before the upgrade: a page that may not know anything gets no socket.
    async onRequest(request, reply) {
      closeRefusedUpgrade(request, reply);
      request.embedGrant = await admit(request);
    },
    handler: refusePlain,
    wsHandler,
  });

  function wsHandler(socket: WebSocket, request: FastifyRequest): void {
    const grant = request.embedGrant ?? { namespaces: [] };
    const session = createLiveSession({
      socket,
      deflated: deflatedStream(socket, request),
      hub: app.hub,
      feeds: boundFeeds(grant),
      onError: (err) => request.log.error({ err }, 'an embedded topic failed'),
    });
    serveLive(socket, request, {
      session,
      pingEveryMs,
      metrics: app.metrics,
      // A key that was taken out, or an end that has come, ends what they opened.
      onPing: () =>
        admit(request).catch((error) => {
          session.end(error);
          socket.close(POLICY_VIOLATION);
        }),
    });
    const { version, build, mode, at, latencyTargetMs, successTarget } = app.about();
    session.send({
      type: 'hello',
      // Where the data is from, and as whom, is not for a wiki.
      about: {
        version,
        build,
        mode,
        at,
        latencyTargetMs,
        successTarget,
        source: '',
        tap: { available: false, reason: null },
      },
    });
  }

  function boundFeeds(grant: EmbedGrant): Feeds {
    const refuse = () => {
      throw new EmbedRefusal('scope');
    };
    const none = Object.fromEntries(Object.keys(TOPICS).map((topic) => [topic, refuse])) as unknown as Feeds;
    return { ...none, graph: (params) => app.embed.graph(grant, params) };
  }
};

/** Whatever stands under `link` counts as one: two of them are none. */
function linkOf({ query }: FastifyRequest): string | undefined {
  const { link } = query as Partial<EmbedParams>;
  return link === undefined ? undefined : String(link);
}
