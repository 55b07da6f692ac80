// The clusters that one store holds: the values of the label that a constant matcher names, or of one under which the same
// workloads stand again and again. Two clusters are two: without a choice one of them is shown, never their sum.

import { clusterMatchers, clusterName, UNNAMED_CLUSTER } from '../../../mesh/store/cluster-names.ts';
import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import {
  clustersQuery,
  type ProxyFamily,
  podsNamedQuery,
} from '../../../sources/prometheus/questions/clusters.ts';
import type { Sample } from '../../../sources/prometheus/sample.ts';
import { type FoundClusters, findClusters } from './find-clusters.ts';
import { LOOKBACK_SECONDS } from './newest-sample.ts';

export interface KnownClusters {
  /** One, or two where one alone does not tell all of them apart. */
  readonly labels: readonly string[];
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
  /** Whether the store knows no pod of the cluster that Kubernetes speaks of, though it knows others. */
  isForeign(): boolean;
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

const SOUNDS_LIKE_CLUSTER = /cluster/i;

/** Whether they are clusters, and not whatever else a constant matcher chooses. */
export function areClusters({ labels, isChosen }: KnownClusters): boolean {
  return !isChosen || labels.some((label) => SOUNDS_LIKE_CLUSTER.test(label));
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
  /** Times in a row that no pod of Kubernetes was found. */
  let misses = 0;
  let asking: Promise<void> | null = null;
  let dueMs = Number.NEGATIVE_INFINITY;

  async function ask(): Promise<void> {
    const moment = atSeconds ?? now() / 1000;
    try {
      const found = await discover(moment);
      if (found !== 'nothing yet')
        known = found ? await toKnown(found, moment) : chosen && (await askValues(chosen, moment));
      isAsked = true;
      dueMs = now() + (found === 'nothing yet' ? RETRY_MS : ASK_EVERY_MS);
      // Nobody waits for it.
      if (found === null) void lookForOwnPods(moment);
    } catch {
      // The questions about the mesh meet the same trouble, and say so.
      dueMs = now() + (isAsked ? RETRY_MS : 0);
    }
  }

  /** Pods of now say nothing about a moment of the past. */
  async function lookForOwnPods(moment: number): Promise<void> {
    if (atSeconds !== null) return;
    const isKnown = await knowsOwnPods(moment).catch(() => null);
    if (isKnown === null) return;
    misses = isKnown ? 0 : misses + 1;
    // All of them may only be new.
    if (misses === 1) dueMs = Math.min(dueMs, now() + RETRY_MS);
  }

  /** True where nobody can tell. */
  async function knowsOwnPods(moment: number): Promise<boolean> {
    const pods = (await options.ownPods?.()) ?? [];
    if (pods.length === 0) return true;
    const [named, own] = await Promise.all([
      query('survey', podsNamedQuery(matchers), moment),
      query('survey', clustersQuery('proxy_build_info', ['pod'], matchers, pods), moment),
    ]);
    return own.length > 0 || (named[0]?.value ?? 0) === 0;
  }

  function query(tier: string, text: string, moment: number): Promise<Sample[]> {
    return options.client.query(text, { tier, atSeconds: moment });
  }

  async function askValues(matched: Chosen, moment: number): Promise<KnownClusters> {
    const { label } = matched;
    const samples = await query('start', clustersQuery('proxy_build_info', [label], others), moment);
    return toChosen(
      matched,
      samples.flatMap(({ labels }) => labels[label] || []),
    );
  }

  /** What arrives late may not be there yet. */
  async function discover(moment: number): Promise<FoundClusters | null | 'nothing yet'> {
    const found = await find(moment, matchers, isSure);
    return found === 'nothing yet' ? await find(moment - LOOKBACK_SECONDS, matchers, isSure) : found;
  }

  function find(moment: number, own: readonly string[], isWithin: boolean) {
    return findClusters({ ask: (text) => query('survey', text, moment), matchers: own, isWithin });
  }

  /** What one label tells apart may be several in turn, such as clusters of one name in two regions. */
  async function toKnown({ family, label }: FoundClusters, moment: number): Promise<KnownClusters> {
    const outer = await named(family, [label], moment);
    // Known from now on: what follows may take longer than the first picture waits.
    known = outer;
    const shown = [...matchers, ...clusterMatchers([label], outer.current)];
    const inner = await find(moment, shown, true);
    if (inner === null || inner === 'nothing yet') return outer;
    return named(family, [label, inner.label], moment);
  }

  async function named(
    family: ProxyFamily,
    labels: readonly string[],
    moment: number,
  ): Promise<KnownClusters> {
    const [values, pods] = await Promise.all([
      query('survey', clustersQuery(family, labels, matchers), moment),
      options.ownPods?.() ?? [],
    ]);
    const own =
      pods.length === 0 ? [] : await query('survey', clustersQuery(family, labels, matchers, pods), moment);
    const nameOf = ({ labels: row }: Sample) => clusterName(labels, row);
    const names = values.map(nameOf).sort();
    const [mine] = own.toSorted((a, b) => b.value - a.value).map(nameOf);
    // Else what was shown stays, as long as it is there.
    const last = known && names.includes(known.current) ? known.current : null;
    const isUnnamed = (name: string) => Number(name.includes(UNNAMED_CLUSTER));
    const [first = UNNAMED_CLUSTER] = names.toSorted((a, b) => isUnnamed(a) - isUnnamed(b));
    return { labels, current: mine ?? last ?? first, values: names, isChosen: false };
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
    isForeign: () => misses > 1,
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
      return [...(known.isChosen ? others : matchers), ...clusterMatchers(known.labels, name)];
    },
  };
}

function toChosen({ label, value }: Chosen, values: readonly string[]): KnownClusters {
  return { labels: [label], current: value, values: [...new Set([value, ...values])].sort(), isChosen: true };
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
