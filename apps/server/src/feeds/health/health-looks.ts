// One look at the mesh's health for all who ask within a while: Kubernetes, the store and the mesh are asked side by side.

import type { ScopeParams } from '@latchwork/shared/live/live';
import { toControlPlaneConfig } from '../../mesh/health/control-plane-config.ts';
import { type HealthMesh, type HealthView, untold } from '../../mesh/health/health-view.ts';
import type { PrometheusClient } from '../../sources/prometheus/client.ts';
import { SourceError, type SourceName } from '../../sources/source-error.ts';
import { known, type Told } from '../../sources/told.ts';
import { within } from '../../within.ts';
import type { Answers } from '../answers.ts';
import type { ClusterFeed } from '../cluster-feed.ts';
import { NO_KUBERNETES } from '../cluster-topic.ts';
import { toSpan } from '../scope.ts';
import { askClusterHealth, type ClusterHealth, type HealthCluster } from './ask-cluster-health.ts';
import { askStoreHealth, toUntold } from './ask-store-health.ts';

export interface HealthLooksOptions {
  /** Null: there is no Kubernetes here. */
  readonly cluster: HealthCluster | null;
  readonly clusterFeed: ClusterFeed | null;
  readonly client: Pick<PrometheusClient, 'query'>;
  /** Of the cluster that is asked about; null the one that is shown. */
  readonly matchersOf: (cluster: string | null) => readonly string[];
  readonly answers: Pick<Answers, 'problems' | 'workloads'>;
  /** Null: now. */
  readonly defaultAtSeconds: number | null;
  readonly nowMs: () => number;
  readonly latchwork: string;
  readonly storeName: string;
  readonly withinMs?: number;
}

export interface HealthLooks {
  look(params: ScopeParams): Promise<HealthView>;
}

/** Whoever asks again this soon is told the same. */
const SAME_FOR_MS = 5_000;
const WITHIN_MS = 12_000;
const MOST_KEPT = 8;

export function createHealthLooks(options: HealthLooksOptions): HealthLooks {
  const { cluster, clusterFeed, client, answers, nowMs, withinMs = WITHIN_MS } = options;
  const kept = new Map<string, { readonly atMs: number; readonly view: Promise<HealthView> }>();

  function keep(key: string, view: Promise<HealthView>): void {
    const entry = { atMs: nowMs(), view };
    const forget = () => {
      // A newer look may have taken its place.
      if (kept.get(key) === entry) kept.delete(key);
    };
    view.catch(forget);
    setTimeout(forget, SAME_FOR_MS).unref();
    kept.delete(key);
    kept.set(key, entry);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string);
  }

  async function askMesh(params: ScopeParams): Promise<Told<HealthMesh>> {
    const { window, at, cluster: other } = params;
    const whole = {
      ...(window === undefined ? {} : { window }),
      ...(at === undefined ? {} : { at }),
      ...(other === undefined ? {} : { cluster: other }),
      ...(params.namespace === undefined ? {} : { namespace: params.namespace }),
    };
    try {
      const [problems, workloads] = await Promise.all([
        answers.problems(whole).read(),
        answers.workloads(whole).read(),
      ]);
      return known({
        windowSeconds: workloads.windowSeconds,
        intervalSeconds: workloads.scrapeIntervalSeconds,
        diagnoses: workloads.diagnoses,
        problems: problems.problems,
        workloads: new Map(workloads.workloads.map((workload) => [workload.id, workload])),
        failedParts: Object.entries(problems.parts).flatMap(([name, { state }]) =>
          state === 'failed' && !name.startsWith('kubernetes:') ? [name] : [],
        ),
      });
    } catch (error) {
      return toUntold(error);
    }
  }

  async function askCluster(isPast: boolean, other: string | null): Promise<ClusterHealth> {
    const nothing = (why: string, remedy: string): ClusterHealth => {
      const told = untold(why, remedy);
      return { view: told, objects: told, tap: told };
    };
    if (cluster === null || clusterFeed === null) return nothing(NO_KUBERNETES.message, NO_KUBERNETES.remedy);
    if (isPast) return nothing('Kubernetes knows only now', 'ask without --at, or for a moment that is now');
    if (other !== null)
      return nothing(`Kubernetes here says nothing of cluster ${other}`, 'ask the Latchwork of that cluster');
    const stop = clusterFeed.watch(() => undefined);
    const late = new AbortController();
    try {
      return await within(askClusterHealth(cluster, clusterFeed, late.signal), withinMs, () => {
        const error = tooLate('kubernetes', 'the API server', withinMs);
        late.abort(error);
        const told = toUntold(error);
        return { view: told, objects: told, tap: told };
      });
    } finally {
      stop();
    }
  }

  async function lookNow(params: ScopeParams): Promise<HealthView> {
    const { atSeconds, cluster: other = null } = toSpan(params);
    const moment = atSeconds ?? options.defaultAtSeconds;
    const nowSeconds = moment ?? nowMs() / 1000;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(tooLate('prometheus', 'the store', withinMs)), withinMs);
    const [store, mesh, { view, objects, tap }] = await Promise.all([
      askStoreHealth(client, options.matchersOf(other), {
        atSeconds: nowSeconds,
        signal: late.signal,
      }).finally(() => clearTimeout(timer)),
      within(askMesh(params), withinMs, () =>
        untold(`no answer within ${withinMs / 1000} s`, 'ask again later'),
      ),
      askCluster(moment !== null, other),
    ]);
    const inventory = view.state === 'known' ? view.value.inventory : null;
    const home = inventory?.controlPlane?.namespace ?? null;
    return {
      objects,
      inventory: view.state === 'known' ? known(view.value.inventory) : view,
      state: view.state === 'known' ? known(view.value.state) : view,
      nowMs: nowSeconds * 1000,
      config: toControlPlaneConfig(objects.state === 'known' ? objects.value.config : objects, home),
      proxies: store.proxies,
      facts: store.facts,
      mesh,
      tap,
      home,
      viz: inventory?.viz?.namespace ?? null,
      namespaces: new Set(params.namespace ?? []),
      latchwork: options.latchwork,
      store: { name: options.storeName, tookMs: store.tookMs },
    };
  }

  return {
    look(params) {
      const key = JSON.stringify([toSpan(params), [...(params.namespace ?? [])].sort()]);
      const known = kept.get(key);
      if (known && nowMs() - known.atMs < SAME_FOR_MS) return known.view;
      const view = lookNow(params);
      keep(key, view);
      return view;
    },
  };
}

/** With the source's own kind of error: whoever is asked says so, and takes it for no mistake of ours. */
function tooLate(source: SourceName, who: string, withinMs: number): SourceError {
  return new SourceError({
    source,
    kind: 'timed-out',
    message: `${who} has not answered within ${withinMs / 1000} s`,
    remedy: 'ask again later',
  });
}
