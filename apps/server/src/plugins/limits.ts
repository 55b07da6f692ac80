// Makes `app.limits` available: how many requests, wrong secrets and sockets anybody may have, each by who it is. Of many requests
// that come at once each takes its turn; whoever watches this server is answered before them.

import fp from 'fastify-plugin';
import { type Budget, createBudget } from '../security/budget.ts';
import { createPlaces, type Places } from '../security/places.ts';
import { isProbe } from '../security/probe.ts';
import { createSlices, OF_ARRIVALS } from '../slices.ts';

export interface Limits {
  /** By who asks and from where. */
  readonly requests: Budget;
  /** Secrets that were none, by address: whoever has the right one is never kept out. */
  readonly guesses: Budget;
  /** What sockets may say, by who is at the other end: whoever says more waits. */
  readonly messages: Budget;
  /** Messages of all sockets together take turns with everything else: awaited before each. */
  readonly slice: () => Promise<void>;
  readonly sockets: Places;
  /** Of each socket, and of each who asks: the others are for others. */
  readonly taps: { readonly ofSocket: Places; readonly ofViewer: Places };
}

declare module 'fastify' {
  interface FastifyInstance {
    limits: Limits;
  }
}

export interface LimitsOptions {
  readonly basePath: string;
  readonly nowMs: () => number;
}

/** A page load is about a dozen requests; behind an ingress without --trusted-proxy everybody comes from one address. */
const REQUESTS_PER_MINUTE = 6_000;
const GUESSES_PER_MINUTE = 20;
/** A page that opens says about twenty things, and then little. */
const MESSAGES_PER_MINUTE = 6_000;
/** A socket with a large graph on its way costs about 0.3 MB: all of them fit the memory that the chart gives. */
const SOCKETS = { most: 600, mostOfLinks: 300, mostOfOne: 200 };

/** Of the 32 that there are in all. */
const TAPS_OF_SOCKET = 8;
const TAPS_OF_VIEWER = 16;
const ANY = { most: Number.POSITIVE_INFINITY, mostOfLinks: 0 };

export const limitsPlugin = fp<LimitsOptions>(
  async (app, { basePath, nowMs }) => {
    app.decorate('limits', {
      requests: createBudget({ perMinute: REQUESTS_PER_MINUTE, nowMs }),
      guesses: createBudget({ perMinute: GUESSES_PER_MINUTE, nowMs }),
      messages: createBudget({ perMinute: MESSAGES_PER_MINUTE, nowMs }),
      slice: createSlices(),
      sockets: createPlaces(SOCKETS),
      taps: {
        ofSocket: createPlaces({ ...ANY, mostOfOne: TAPS_OF_SOCKET }),
        ofViewer: createPlaces({ ...ANY, mostOfOne: TAPS_OF_VIEWER }),
      },
    });
    const slice = createSlices(OF_ARRIVALS);
    app.addHook('onRequest', async ({ routeOptions }) => {
      if (!isProbe(routeOptions.url, basePath)) await slice();
    });
  },
  { name: 'limits' },
);
