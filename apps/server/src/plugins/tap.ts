// Makes `app.tap` available to everything registered after it; null when there is none, and then `app.noTap` says why.

import fp from 'fastify-plugin';
import { createClusterTap } from '../feeds/tap/cluster-tap.ts';
import { NO_TAP, type TapAbsence } from '../feeds/tap/tap-topic.ts';
import { createTapClient, type TapClient } from '../sources/tap/client.ts';
import type { RedactionOptions } from '../sources/tap/redact.ts';
import { createHttpTapTransport } from '../sources/tap/transport.ts';

declare module 'fastify' {
  interface FastifyInstance {
    tap: TapClient | null;
    noTap: TapAbsence;
  }
}

export interface TapOptions {
  /** Takes the place of the one that would be made. */
  readonly tap?: TapClient;
  readonly tapUrl: string | null;
  readonly tapOff: boolean;
  readonly redaction: RedactionOptions;
  /** Whether a stream that ends was a recording. */
  readonly recorded: boolean;
}

const TAP_OFF: TapAbsence = {
  message: 'tap is switched off here',
  remedy: 'whoever runs this server may start it without --no-tap',
};

export const tapPlugin = fp<TapOptions>(
  async (app, { tap, tapUrl, tapOff, recorded, redaction }) => {
    const { cluster, clusterFeed } = app;

    function clientOf(url: string, transport: ReturnType<typeof createHttpTapTransport>): TapClient {
      return createTapClient({ url, transport, reopen: !recorded, random: Math.random, redaction });
    }
    function make(): TapClient | null {
      if (tapOff) return null;
      const client = tapUrl !== null ? clientOf(tapUrl, createHttpTapTransport(tapUrl)) : null;
      if (cluster === null || clusterFeed === null) return client;
      return createClusterTap({
        client: client ?? clientOf(cluster.server, cluster.tap),
        cluster: clusterFeed,
        access: client === null ? cluster.tapAccess : null,
      });
    }
    app.decorate('tap', tap ?? make());
    app.decorate('noTap', tapOff ? TAP_OFF : NO_TAP);
  },
  { name: 'tap', dependencies: ['kubernetes'] },
);
