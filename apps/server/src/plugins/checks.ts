// Makes `app.checks` available: the health of the mesh. What it says last is in /metrics, one gauge for each check.

import type { Doctor } from '@latchwork/shared/health/doctor';
import type { DoctorParams } from '@latchwork/shared/live/live';
import fp from 'fastify-plugin';
import type { Answer } from '../feeds/answer.ts';
import { type ChecksFeed, createChecksFeed } from '../feeds/health/checks.ts';
import { createDoctorTopic } from '../feeds/health/doctor.ts';
import { createHealthLooks } from '../feeds/health/health-looks.ts';

declare module 'fastify' {
  interface FastifyInstance {
    checks: ChecksFeed;
    /** Why a number is empty. */
    doctor: (params: DoctorParams) => Answer<Doctor>;
  }
}

export interface ChecksPluginOptions {
  /** Null is now. */
  readonly atSeconds: number | null;
  readonly version: string;
  /** Looks every minute, whoever else does. */
  readonly isWatched: boolean;
  readonly nowMs: () => number;
}

const WATCH_EVERY_MS = 60_000;

export const checksPlugin = fp<ChecksPluginOptions>(
  async (app, { atSeconds, version, isWatched, nowMs }) => {
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
    if (isWatched) {
      const look = () =>
        void feed
          .checks({})
          .read()
          .catch((err) => app.log.warn({ err }, 'no look at health'));
      const timer = setInterval(look, WATCH_EVERY_MS);
      app.addHook('onReady', async () => look());
      app.addHook('onClose', async () => clearInterval(timer));
    }
    app.decorate('doctor', createDoctorTopic(looks));
    app.decorate('checks', feed);
  },
  { name: 'checks', dependencies: ['answers', 'kubernetes', 'prometheus', 'metrics'] },
);
