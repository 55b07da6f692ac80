// The clusters that one store holds: the values of the label that a constant matcher names, or of one under which the same
// workloads stand again and again. Two clusters are two: without a choice one of them is shown, never their sum.

import { areApart, areSurelyApart, toClusterCalls } from '../../../mesh/store/cluster-calls.ts';
import {
  type ClusterLabel,
  toCandidates,
  toClusterLabels,
  toPlaceNames,
} from '../../../mesh/store/several-clusters.ts';
import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import {
  calledUnderQuery,
  clustersQuery,
  type PlaceNames,
  PROXY_FAMILIES,
  type ProxyFamily,
  podsUnderQuery,
  repeatsQuery,
  someProxiesQuery,
} from '../../../sources/prometheus/questions/clusters.ts';
import { matcher } from '../../../sources/prometheus/questions/promql.ts';
import type { Sample } from '../../../sources/prometheus/sample.ts';
import { LOOKBACK_SECONDS } from './newest-sample.ts';

export interface KnownClusters {
  readonly label: string;
  /** The one that is shown unless another is asked for. */
  readonly current: string;
  /** In order, `current` among them. */
  readonly values: readonly string[];
  /** By a constant matcher, not by us. */
  readonly isChosen: boolean;
}

export interface StoreClusters {
  /** What was known last, and asked again in passing when that is old. Null where the store holds one cluster, and while nobody knows. */
  known(): KnownClusters | null;
  /** Whether the store may hold others than the one that is shown. */
  mayBeSeveral(): boolean;
  /** Resolves when it is known, or after a short while. */
  settled(): Promise<void>;
  /** Null: of the one that is shown unless another is asked for. */
  matchersOf(cluster: string | null): readonly string[];
  /** Of all clusters. */
  readonly allMatchers: readonly string[];
}

export interface StoreClustersOptions {
  readonly client: Pick<PrometheusClient, 'query'>;
  readonly matchers: readonly string[];
  /** Unix seconds; null is now. */
  readonly atSeconds: number | null;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Some meshed pods of the cluster that Kubernetes speaks of: it is the one to show. */
  readonly ownPods?: () => Promise<readonly string[]>;
}

const ASK_EVERY_MS = 300_000;
/** There was nothing in the store yet, or no answer. */
const RETRY_MS = 15_000;
const SETTLE_MS = 2_000;
/** Of labels that may tell clusters apart. */
const MOST_TRIED = 5;
/** The name of the cluster whose series lack the label. */
export const UNNAMED_CLUSTER = '(none)';

const SOUNDS_LIKE_CLUSTER = /cluster/i;

/** Whether they are clusters, and not whatever else a constant matcher chooses. */
export function areClusters({ label, isChosen }: KnownClusters): boolean {
  return !isChosen || SOUNDS_LIKE_CLUSTER.test(label);
}

interface Chosen {
  readonly text: string;
  readonly label: string;
  readonly value: string;
}

export function createStoreClusters(options: StoreClustersOptions): StoreClusters {
  const { matchers, atSeconds, now } = options;
  const chosen = chooseMatcher(matchers);
  // Any other label may cut a store that holds several clusters all the same.
  const isSure = chosen !== null && SOUNDS_LIKE_CLUSTER.test(chosen.label);
  const others = matchers.filter((text) => text !== chosen?.text);
  let known: KnownClusters | null = chosen && toChosen(chosen, []);
  let isAsked = false;
  let asking: Promise<void> | null = null;
  let dueMs = Number.NEGATIVE_INFINITY;

  async function ask(): Promise<void> {
    const moment = atSeconds ?? now() / 1000;
    try {
      const found = isSure ? null : await discoverLate(moment);
      if (found !== 'nothing yet') known = found ?? (chosen && (await askValues(chosen, moment)));
      isAsked = true;
      dueMs = now() + (found === 'nothing yet' ? RETRY_MS : ASK_EVERY_MS);
    } catch {
      // The questions about the mesh meet the same trouble, and say so.
      dueMs = now() + (isAsked ? RETRY_MS : 0);
    }
  }

  function query(tier: string, text: string, moment: number): Promise<Sample[]> {
    return options.client.query(text, { tier, atSeconds: moment });
  }

  async function askValues(matched: Chosen, moment: number): Promise<KnownClusters> {
    const { label } = matched;
    const samples = await query('start', clustersQuery('proxy_build_info', label, others), moment);
    return toChosen(
      matched,
      samples.flatMap(({ labels }) => labels[label] || []),
    );
  }

  /** What arrives late may not be there yet. */
  async function discoverLate(moment: number): Promise<KnownClusters | null | 'nothing yet'> {
    const found = await discover(moment);
    return found === 'nothing yet' ? await discover(moment - LOOKBACK_SECONDS) : found;
  }

  async function discover(moment: number): Promise<KnownClusters | null | 'nothing yet'> {
    for (const family of PROXY_FAMILIES) {
      const proxies = await query('survey', someProxiesQuery(family, matchers), moment);
      if (proxies.length === 0) continue;
      // Without Linkerd's own labels no workload can be seen to repeat, and any label would do.
      const places = toPlaceNames(proxies);
      if (places === null) return null;
      const candidates = toCandidates(proxies, matchers);
      const repeats = await query('survey', repeatsQuery(family, candidates, places, matchers), moment);
      for (const candidate of toClusterLabels(candidates, repeats).slice(0, MOST_TRIED))
        if (await isProven(candidate, family, places, moment))
          return toKnown(family, candidate.label, moment);
      return null;
    }
    return 'nothing yet';
  }

  async function isProven(
    { label, proof }: ClusterLabel,
    family: ProxyFamily,
    places: PlaceNames,
    moment: number,
  ): Promise<boolean> {
    if (proof === 'none') return true;
    const [called, pods] = await Promise.all([
      query('survey', calledUnderQuery(label, matchers), moment),
      query('survey', podsUnderQuery(family, label, places, matchers), moment),
    ]);
    const calls = toClusterCalls(label, places, { called, pods });
    return proof === 'within' ? areSurelyApart(calls) : (areApart(calls) ?? true);
  }

  async function toKnown(family: ProxyFamily, label: string, moment: number): Promise<KnownClusters> {
    const [values, pods] = await Promise.all([
      query('survey', clustersQuery(family, label, matchers), moment),
      options.ownPods?.() ?? [],
    ]);
    const own =
      pods.length === 0 ? [] : await query('survey', clustersQuery(family, label, matchers, pods), moment);
    const names = values.map(({ labels }) => labels[label] || UNNAMED_CLUSTER).sort();
    // Else what was shown stays, as long as it is there.
    const last = known?.label === label && names.includes(known.current) ? known.current : null;
    const [first = UNNAMED_CLUSTER] = names.toSorted(
      (a, b) => Number(a === UNNAMED_CLUSTER) - Number(b === UNNAMED_CLUSTER),
    );
    return { label, current: most(own, label) ?? last ?? first, values: names, isChosen: false };
  }

  function refresh(): Promise<void> {
    if (asking === null && now() >= dueMs)
      asking = ask().finally(() => {
        asking = null;
      });
    return asking ?? Promise.resolve();
  }

  return {
    known() {
      void refresh();
      return known;
    },
    mayBeSeveral: () => !isAsked || known !== null,
    async settled() {
      const pending = refresh();
      if (isAsked) return;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, SETTLE_MS);
      });
      await Promise.race([pending, late]);
      clearTimeout(timer);
    },
    allMatchers: others,
    matchersOf(cluster) {
      const name = cluster ?? known?.current;
      if (known === null || name === undefined) return matchers;
      if (known.isChosen && name === chosen?.value) return matchers;
      const own = known.isChosen ? others : matchers;
      return [...own, matcher(known.label, '=', name === UNNAMED_CLUSTER ? '' : name)];
    },
  };
}

function toChosen({ label, value }: Chosen, values: readonly string[]): KnownClusters {
  return { label, current: value, values: [...new Set([value, ...values])].sort(), isChosen: true };
}

/** The value with most series; null when there are none. */
function most(samples: readonly Sample[], label: string): string | null {
  const [first] = samples.toSorted((a, b) => b.value - a.value);
  return first ? first.labels[label] || UNNAMED_CLUSTER : null;
}

/** Of several the one that sounds like it: a store is cut by job and replica, too. */
function chooseMatcher(matchers: readonly string[]): Chosen | null {
  const exact = matchers.flatMap((text) => {
    const [, name, quoted] = /^(\w+|"(?:[^"\\]|\\.)*")=("(?:[^"\\]|\\.)*")$/.exec(text) ?? [];
    if (!name || !quoted) return [];
    const label = name.startsWith('"') ? (JSON.parse(name) as string) : name;
    return [{ text, label, value: JSON.parse(quoted) as string }];
  });
  return exact.find(({ label }) => SOUNDS_LIKE_CLUSTER.test(label)) ?? exact[0] ?? null;
}
