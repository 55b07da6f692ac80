// Makes `app.answers` available (what the mesh says, through Prometheus), `app.storeClusters` and `app.checkPrometheus()`.

import { once } from 'node:events';
import fp from 'fastify-plugin';
import { type Answers, createAnswers } from '../feeds/answers.ts';
import type { ClusterFeed } from '../feeds/cluster-feed.ts';
import { createCollector } from '../feeds/collector/collector.ts';
import { createStoreClusters, type StoreClusters } from '../feeds/collector/store/store-clusters.ts';
import { type Targets, toPlaceFindings, toProblems } from '../mesh/findings/problems.ts';
import { toGraph } from '../mesh/graph.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { narrowedMesh } from '../mesh/narrowed/narrowed-mesh.ts';
import { toPodPairs } from '../mesh/on-demand/pod-pairs.ts';
import { toResponses } from '../mesh/on-demand/responses.ts';
import { toCalls } from '../mesh/routes/calls.ts';
import { toRoutes } from '../mesh/routes/routes.ts';
import type { MeshScope } from '../mesh/scope.ts';
import { toPolicies } from '../mesh/stat/policies.ts';
import { toStat } from '../mesh/stat/stat.ts';
import { toWorkloadDetail, toWorkloads } from '../mesh/workloads.ts';

declare module 'fastify' {
  interface FastifyInstance {
    answers: Answers;
    /** Whether they come from recording rules; null while nobody looks, and where there are none. */
    numbersFrom: () => string | null;
    storeClusters: StoreClusters;
    /** Throws what is wrong with Prometheus. */
    checkPrometheus: () => Promise<void>;
  }
}

export interface AnswersPluginOptions {
  /** Takes the place of the collector. */
  readonly answers?: Answers;
  readonly checkPrometheus?: () => Promise<void>;
  readonly matchers: readonly string[];
  /** The moment to look at when a question names none; null is now. */
  readonly atSeconds: number | null;
  readonly nowMs: () => number;
  readonly targets: Targets;
}

/** However many probes there are, Prometheus is asked at most this often. */
const CHECK_EVERY_MS = 2_000;

export const answersPlugin = fp<AnswersPluginOptions>(
  async (app, { matchers, atSeconds, nowMs, targets, answers, checkPrometheus }) => {
    const { client, examineWay } = app.prometheus;
    const cluster = app.clusterFeed;
    const clusters = createStoreClusters({
      ...{ client, matchers, atSeconds, now: nowMs },
      ...(cluster ? { ownPods: () => meshedPods(cluster) } : {}),
    });
    app.decorate('storeClusters', clusters);
    const views = {
      graph: toGraph,
      workloads: toWorkloads,
      workload: toWorkloadDetail,
      problems: (mesh: Mesh, scope: MeshScope) => toProblems(seenOf(mesh, scope), scope, targets),
      findings: (mesh: Mesh, where: string, scope: MeshScope) =>
        toPlaceFindings(seenOf(mesh, scope), where, scope, targets),
      routes: toRoutes,
      calls: toCalls,
      podPairs: toPodPairs,
      responses: toResponses,
      stat: toStat,
      policies: toPolicies,
      history: (mesh: Mesh) => mesh.history(),
    };
    const collector = createCollector({
      ...{ client, matchers, cluster, clusters, examineWay },
      ...{ defaultAtSeconds: atSeconds, now: nowMs },
    });
    app.decorate('numbersFrom', collector.numbersFrom);
    app.decorate(
      'answers',
      answers ??
        createAnswers({
          source: collector,
          views,
          hasClusters: () => clusters.mayBeSeveral(),
        }),
    );
    app.decorate(
      'checkPrometheus',
      checkPrometheus ??
        remembered(CHECK_EVERY_MS, nowMs, async () => {
          await client.query('vector(1)', { tier: 'ready', atSeconds: atSeconds ?? nowMs() / 1000 });
        }),
    );
    app.addHook('onClose', async () => {
      app.answers.close();
    });
  },
  { name: 'answers', dependencies: ['prometheus', 'kubernetes'] },
);

function seenOf(mesh: Mesh, scope: MeshScope): Mesh {
  return scope.within === undefined ? mesh : narrowedMesh(mesh, scope, scope.within);
}

/** Enough to tell which cluster of a store is the one that Kubernetes speaks of. */
const SOME_PODS = 20;

const PODS_WITHIN_MS = 1_500;

async function meshedPods(cluster: ClusterFeed): Promise<string[]> {
  const stop = cluster.watch(() => undefined);
  const late = AbortSignal.timeout(PODS_WITHIN_MS);
  await Promise.race([cluster.settled(), once(late, 'abort')]);
  stop();
  const workloads = cluster.current()?.inventory.workloads ?? [];
  const pods = workloads.flatMap((workload) => workload.pods.filter(({ meshed }) => meshed));
  return pods.slice(0, SOME_PODS).map(({ name }) => name);
}

/** The same promise for everybody who asks within `forMs`. */
function remembered(forMs: number, nowMs: () => number, ask: () => Promise<void>): () => Promise<void> {
  let last: { readonly atMs: number; readonly promise: Promise<void> } | null = null;
  return () => {
    if (!last || nowMs() - last.atMs >= forMs) last = { atMs: nowMs(), promise: ask() };
    return last.promise;
  };
}
