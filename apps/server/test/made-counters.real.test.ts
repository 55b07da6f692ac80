// Made-up counters through real stores: what we say differs from what happened by at most one scrape's worth.

import type { Edge } from '@latchwork/shared/edge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findVictoriaMetrics } from '../../../scripts/binaries/victoria-metrics-binary.ts';
import { askNews } from '../src/feeds/collector/asides.ts';
import { toGraph } from '../src/mesh/graph.ts';
import type { AskScope } from '../src/sources/prometheus/questions/ask-scope.ts';
import { outboundQuery } from '../src/sources/prometheus/questions/responses.ts';
import { type MadeCounters, madeCounters, storedPods, truthOf } from './inputs/made-counters.ts';
import { writtenPod } from './inputs/written-pod.ts';
import { startWrittenStore, type WrittenStore } from './inputs/written-store.ts';

type Own = Pick<
  AskScope,
  'matchers' | 'windowSeconds' | 'intervalSeconds' | 'withNew' | 'newPods' | 'withoutVersions'
>;
const SCOPE: Omit<AskScope, keyof Own> = {
  ...{
    barePods: true,
    renamed: true,
    oldPods: [],
    isMetricsQl: false,
    sight: 'sum',
    coarse: false,
    reach: 'all',
  },
  ...{ commonBoundsMs: null, lastFromCount: false, reaching: null, probeRoutes: [] },
};
/** Long enough ago that VictoriaMetrics does not hold anything back as too young to be complete. */
const NOW = Math.floor(Date.now() / 1000) - 130;
const MADE = Array.from({ length: 120 }, (_, seed) => madeCounters(seed + 1, NOW));
const victoriaMetrics = await findVictoriaMetrics({ required: Boolean(process.env['CI']) });

describe('made-up counters in Prometheus', () => {
  held(() => startWrittenStore());
});

describe.skipIf(victoriaMetrics === null)('made-up counters in VictoriaMetrics', () => {
  held(() => startWrittenStore(victoriaMetrics as string));
});

function held(start: () => Promise<WrittenStore>): void {
  const edges = new Map<string, Edge | null>();
  const windows = new Map<string, number>();
  let store: WrittenStore;
  beforeAll(async () => {
    store = await start();
    for (const made of MADE) await store.write(storedPods(made).flatMap(writtenPod));
    for (const { cluster, windowSeconds, requestsSince } of MADE) {
      const mesh = await store.read(cluster, NOW, windowSeconds);
      if (requestsSince === null) expect(mesh.windowSeconds, cluster).toBe(windowSeconds);
      windows.set(cluster, mesh.windowSeconds);
      edges.set(cluster, toGraph(mesh, { namespaces: [], noise: 'hide' }).edges[0] ?? null);
    }
  });
  afterAll(() => store?.stop());

  const spanOf = ({ cluster }: MadeCounters) => ({ now: NOW, windowSeconds: windows.get(cluster) ?? 0 });
  // What was new under labels that changed meanwhile is missing, and that is said.
  const httpOf = ({ cluster }: MadeCounters) => edges.get(cluster)?.http ?? null;

  it.each(MADE)('$cluster has the calls that happened in $windowSeconds s, to one scrape', (made) => {
    const { count, apart } = truthOf(made, spanOf(made), () => true);
    const said = (httpOf(made)?.rps ?? 0) * spanOf(made).windowSeconds;
    expect(Math.abs(said - count), `said ${said}, happened ${count}`).toBeLessThanOrEqual(apart + 0.01);
  });

  it.each(MADE)(
    '$cluster has its failures to one scrape, and is never 100 % when there were some',
    (made) => {
      const isFailure = (labels: Readonly<Record<string, string>>) => labels['classification'] === 'failure';
      const { count, apart, sure } = truthOf(made, spanOf(made), isFailure);
      const http = httpOf(made);
      const said = (1 - (http?.successRate ?? 1)) * (http?.rps ?? 0) * spanOf(made).windowSeconds;
      expect(Math.abs(said - count), `said ${said}, happened ${count}`).toBeLessThanOrEqual(apart + 0.01);
      if (sure > 0 && made.renamedAt === null) expect(http?.successRate).toBeLessThan(1);
    },
  );

  it.each(MADE)(
    '$cluster is told the same where only pods with new series are asked for them',
    async (made) => {
      const { client } = store;
      const scope = {
        ...SCOPE,
        matchers: [`cluster="${made.cluster}"`],
        windowSeconds: spanOf(made).windowSeconds,
        intervalSeconds: made.intervalSeconds,
        withoutVersions: made.isScant,
      };
      const signal = AbortSignal.timeout(20_000);
      const { withNew, newPods } = await askNews(
        { client, matchers: scope.matchers },
        { moment: NOW, signal, ...scope },
      );
      if (withNew) expect(newPods?.length).toBeGreaterThan(0);
      const rows = async (more: Pick<AskScope, 'withNew' | 'newPods'>) => {
        const answer = await client.query(outboundQuery({ ...scope, ...more }), {
          tier: 'traffic',
          atSeconds: NOW,
        });
        return new Set(answer.map(({ labels, value }) => JSON.stringify([labels, value.toPrecision(9)])));
      };
      expect(await rows({ withNew, newPods })).toEqual(await rows({ withNew: true, newPods: null }));
    },
  );

  it.each(MADE)('$cluster is never secured when something was plaintext', (made) => {
    const { sure } = truthOf(made, spanOf(made), (labels) => labels['tls'] !== 'true');
    if (sure > 0 && made.renamedAt === null) expect(edges.get(made.cluster)?.lock.state).not.toBe('secured');
  });
}
