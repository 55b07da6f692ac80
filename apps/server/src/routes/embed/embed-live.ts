// The frame's socket: bound to what its link opens, and closed when the link ends. Everything else on it is refused.

import type { EmbedParams } from '@latchwork/shared/embed';
import { TOPICS } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { Feeds } from '../../feeds/feeds.ts';
import { leaseOf } from '../../feeds/lease-of.ts';
import { TooBusy } from '../../feeds/too-busy.ts';
import type { EmbedGrant } from '../../plugins/embed.ts';
import { EmbedRefusal } from '../../security/links/embed-refusal.ts';
import { closeRefusedUpgrade } from '../../security/refused-upgrade.ts';
import { deflatedStream, PING_EVERY_MS, POLICY_VIOLATION, refusePlain, serveLive } from '../live/live.ts';
import { createLiveSession } from '../live/live-session.ts';
import { takeSocketPlace } from '../live/socket-place.ts';

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
    onRequest: [
      async (request, reply) => {
        closeRefusedUpgrade(request, reply);
        request.embedGrant = await admit(request);
      },
      takeSocketPlace,
    ],
    handler: refusePlain,
    wsHandler,
  });

  function wsHandler(socket: WebSocket, request: FastifyRequest): void {
    const { viewer, namespaces } = request.embedGrant as EmbedGrant;
    let feeds = boundFeeds({ viewer, namespaces });
    let known = JSON.stringify(namespaces);
    const session = createLiveSession({
      socket,
      deflated: deflatedStream(socket, request),
      hub: app.hub,
      // A key that was taken out, or an end that has come, ends what they opened.
      async admit() {
        const grant = await admit(request);
        if (JSON.stringify(grant.namespaces) !== known) feeds = boundFeeds(grant);
        known = JSON.stringify(grant.namespaces);
        return feeds;
      },
      lease: (_topic, params) => leaseOf(params, (span) => app.rights.lease(viewer, span)),
      waitSeconds: () => app.limits.messages.spend(viewer.id),
      slice: app.limits.slice,
      onEnded: () => socket.close(POLICY_VIOLATION),
      onError: (err) => request.log.error({ err }, 'an embedded topic failed'),
      // What a source says of itself names addresses and more: whoever runs the server reads it in the log.
      toTrouble(error) {
        if (error instanceof EmbedRefusal || error instanceof TooBusy) return error;
        request.log.warn({ err: error }, 'an embedded topic has trouble');
        return new EmbedRefusal('trouble');
      },
    });
    serveLive(socket, request, { session, pingEveryMs });
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
