// Makes `app.checks` available: the health of the mesh. What it says last is in /metrics, one gauge for each check.

import fp from 'fastify-plugin';
import { type ChecksFeed, createChecksFeed } from '../feeds/health/checks.ts';
import { createHealthLooks, type HealthLooks } from '../feeds/health/health-looks.ts';

declare module 'fastify' {
  interface FastifyInstance {
    checks: ChecksFeed;
    healthLooks: HealthLooks;
  }
}

export interface ChecksPluginOptions {
  /** Null is now. */
  readonly atSeconds: number | null;
  readonly version: string;
  readonly nowMs: () => number;
}

export const checksPlugin = fp<ChecksPluginOptions>(
  async (app, { atSeconds, version, nowMs }) => {
    const looks = createHealthLooks({
      cluster: app.cluster,
      clusterFeed: app.clusterFeed,
      client: app.prometheus.client,
      matchersOf: (cluster) => app.storeClusters.matchersOf(cluster),
      answers: app.answers,
      defaultAtSeconds: atSeconds,
      nowMs,
      latchwork: version,
      storeName: app.prometheus.name,
    });
    const feed = createChecksFeed({
      looks,
      ownCost: () => ({ questions: app.metrics.questions(), viewers: app.metrics.viewers() }),
    });
    app.metrics.watchChecks(feed.last);
    app.decorate('healthLooks', looks);
    app.decorate('checks', feed);
  },
  { name: 'checks', dependencies: ['answers', 'kubernetes', 'prometheus', 'metrics'] },
);
