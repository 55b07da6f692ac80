// Makes `app.hub` and `app.feeds` available: what can be followed, and who follows it.

import { TOPICS } from '@latchwork/shared/live/live';
import fp from 'fastify-plugin';
import { findBreach } from '../contract/check.ts';
import { ContractBreach } from '../contract/contract-breach.ts';
import { createFeeds, type Feeds } from '../feeds/feeds.ts';
import { createHub, type Hub } from '../feeds/hub.ts';
import { Payload } from '../feeds/payload.ts';
import { createRoutePastTopic } from '../feeds/route-past.ts';

declare module 'fastify' {
  interface FastifyInstance {
    hub: Hub;
    feeds: Feeds;
  }
}

export interface LiveHubOptions {
  /** Null is now. */
  readonly atSeconds: number | null;
  readonly nowMs: () => number;
}

export const liveHubPlugin = fp<LiveHubOptions>(
  async (app, { atSeconds, nowMs }) => {
    const hub = createHub({
      check(topic, value) {
        const breach = findBreach(TOPICS[topic].value, value);
        if (breach) {
          app.log.error({ topic, breach }, 'a value breaks the contract');
          throw new ContractBreach(`topic ${topic}`, breach);
        }
      },
      encode: (value) => new Payload(Buffer.from(JSON.stringify(value))),
      onSent: app.metrics.snapshotSent,
      onSkipped: app.metrics.snapshotSkipped,
    });
    app.metrics.watchLoad(hub.load);
    app.decorate('hub', hub);
    app.decorate(
      'feeds',
      createFeeds({
        answers: app.answers,
        problems: app.problems,
        checks: app.checks,
        doctor: app.doctor,
        routePast: createRoutePastTopic({
          client: app.prometheus.client,
          matchersOf: (cluster) => app.storeClusters.matchersOf(cluster),
          defaultAtSeconds: atSeconds,
          nowMs,
        }),
        inventory: app.inventory,
        labels: app.labels,
        tap: app.tap,
        noTap: app.noTap,
        nowMs,
        onEvent: app.metrics.tapEvent,
        onLost: app.metrics.tapLost,
        onStreams: app.metrics.tapStreams,
      }),
    );
    app.addHook('onClose', async () => hub.close());
  },
  {
    name: 'live-hub',
    dependencies: ['metrics', 'answers', 'problems', 'checks', 'kubernetes', 'prometheus', 'tap'],
  },
);
