// Makes `app.tap` available to everything registered after it; null when there is none.

import fp from 'fastify-plugin';
import { createTapClient, type TapClient } from '../sources/tap/client.ts';
import { createHttpTapTransport } from '../sources/tap/transport.ts';

declare module 'fastify' {
  interface FastifyInstance {
    tap: TapClient | null;
  }
}

export interface TapOptions {
  /** Takes the place of the one that would be made. */
  readonly tap?: TapClient;
  readonly tapUrl: string | null;
  /** Whether a stream that ends was a recording. */
  readonly recorded: boolean;
}

export const tapPlugin = fp<TapOptions>(
  async (app, { tap, tapUrl, recorded }) => {
    const made =
      tapUrl === null
        ? null
        : createTapClient({
            url: tapUrl,
            transport: createHttpTapTransport(tapUrl),
            reopen: !recorded,
            random: Math.random,
          });
    app.decorate('tap', tap ?? made);
  },
  { name: 'tap' },
);
