// The server's own metrics: `app.metrics` counts, GET /metrics tells.

import type { Check, CheckState } from '@latchwork/shared/health/check';
import type { Cost } from '@latchwork/shared/health/checks';
import { TOPICS, type TopicName } from '@latchwork/shared/live/live';
import fp from 'fastify-plugin';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { TopicLoad } from '../feeds/hub.ts';

export interface Metrics {
  readonly registry: Registry;
  observeQuery(tier: string, seconds: number, outcome: string): void;
  snapshotSent(topic: TopicName): void;
  snapshotSkipped(topic: TopicName): void;
  tapEvent(): void;
  tapLost(reason: string): void;
  tapStreams(change: 1 | -1): void;
  sockets(change: 1 | -1): void;
  /** Asked whenever somebody scrapes. */
  watchLoad(load: (topic: TopicName) => TopicLoad): void;
  watchChecks(last: () => readonly Check[]): void;
  /** What was asked of the store since the start, by tier. */
  questions(): Cost['questions'];
  /** Sockets that are open now. */
  viewers(): number;
}

declare module 'fastify' {
  interface FastifyInstance {
    metrics: Metrics;
  }
}

const CHECK_STATES: readonly CheckState[] = ['ok', 'warning', 'failed', 'unknown'];

/** From a cached answer to the time-out of a query. */
const QUERY_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export const metricsPlugin = fp(
  async (app) => {
    app.decorate('metrics', createMetrics());
  },
  { name: 'metrics' },
);

function createMetrics(): Metrics {
  // Its own registry: two servers in one process (as in tests) must not count for each other.
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  let load: (topic: TopicName) => TopicLoad = () => ({ feeds: 0, subscribers: 0 });

  const query = new Histogram({
    name: 'latchwork_prometheus_query_seconds',
    help: 'Time until Prometheus answered a query, by tier and outcome',
    labelNames: ['tier', 'outcome'],
    buckets: QUERY_SECONDS,
    registers,
  });
  const sent = new Counter({
    name: 'latchwork_snapshots_sent_total',
    help: 'Snapshots sent to subscribers',
    labelNames: ['topic'],
    registers,
  });
  const skipped = new Counter({
    name: 'latchwork_snapshots_skipped_total',
    help: 'Snapshots not sent to subscribers that were too slow for them',
    labelNames: ['topic'],
    registers,
  });
  const tapEvents = new Counter({
    name: 'latchwork_tap_events_total',
    help: 'Events received from Linkerd tap',
    registers,
  });
  const tapLost = new Counter({
    name: 'latchwork_tap_events_lost_total',
    help: 'Events from Linkerd tap that came to nothing',
    labelNames: ['reason'],
    registers,
  });
  const tapStreams = new Gauge({
    name: 'latchwork_tap_streams',
    help: 'Taps that are open or being opened',
    registers,
  });
  const sockets = new Gauge({ name: 'latchwork_sockets', help: 'Open live sockets', registers });
  let open = 0;
  let lastChecks: () => readonly Check[] = () => [];
  const asked = new Map<string, { asked: number; failed: number; seconds: number }>();
  new Gauge({
    name: 'latchwork_check',
    help: 'How a check of the mesh stood when it was last asked: 1 for its state, 0 for the others',
    labelNames: ['id', 'category', 'state'],
    registers,
    collect() {
      this.reset();
      for (const { id, category, state } of lastChecks())
        for (const each of CHECK_STATES) this.set({ id, category, state: each }, each === state ? 1 : 0);
    },
  });
  eachTopic('latchwork_topics', 'Running feeds', ({ feeds }) => feeds);
  eachTopic('latchwork_subscribers', 'Subscriptions to feeds', ({ subscribers }) => subscribers);

  function eachTopic(name: string, help: string, read: (load: TopicLoad) => number): void {
    new Gauge({
      name,
      help: `${help}, by topic`,
      labelNames: ['topic'],
      registers,
      collect() {
        for (const topic of Object.keys(TOPICS) as TopicName[]) this.set({ topic }, read(load(topic)));
      },
    });
  }

  return {
    registry,
    observeQuery(tier, seconds, outcome) {
      query.observe({ tier, outcome }, seconds);
      const known = asked.get(tier) ?? { asked: 0, failed: 0, seconds: 0 };
      known.asked++;
      known.seconds += seconds;
      if (outcome !== 'ok') known.failed++;
      asked.set(tier, known);
    },
    snapshotSent: (topic) => sent.inc({ topic }),
    snapshotSkipped: (topic) => skipped.inc({ topic }),
    tapEvent: () => tapEvents.inc(),
    tapLost: (reason) => tapLost.inc({ reason }),
    tapStreams: (change) => tapStreams.inc(change),
    sockets(change) {
      open += change;
      sockets.inc(change);
    },
    watchLoad(next) {
      load = next;
    },
    watchChecks(last) {
      lastChecks = last;
    },
    questions: () => [...asked].map(([name, counts]) => ({ name, ...counts })),
    viewers: () => open,
  };
}
