// The clusters that one store holds: the values of the label that a constant matcher names, and the matchers of each.

import type { PrometheusClient } from '../../sources/prometheus/client.ts';
import { matcher } from '../../sources/prometheus/promql.ts';
import { clustersQuery } from '../../sources/prometheus/start-up.ts';
import { within } from '../../within.ts';

export interface StoreClusters {
  readonly label: string;
  /** The one that is shown unless another is asked for. */
  readonly current: string;
  /** In order, `current` among them; what was known last, and asked again in passing when that is old. */
  values(): readonly string[];
  /** Resolves when the values are known, or after a short while. */
  settled(): Promise<void>;
  matchersOf(cluster: string): readonly string[];
}

export interface StoreClustersOptions {
  readonly client: Pick<PrometheusClient, 'query'>;
  readonly matchers: readonly string[];
  /** Unix seconds; null is now. */
  readonly atSeconds: number | null;
  /** Unix milliseconds. */
  readonly now: () => number;
}

const ASK_EVERY_MS = 300_000;
const SETTLE_MS = 2_000;

interface Chosen {
  readonly text: string;
  readonly label: string;
  readonly value: string;
}

/** Null where no matcher names one cluster. */
export function createStoreClusters(options: StoreClustersOptions): StoreClusters | null {
  const { client, matchers, atSeconds, now } = options;
  const chosen = chooseMatcher(matchers);
  if (chosen === null) return null;
  const { label, value: current } = chosen;
  const others = matchers.filter((text) => text !== chosen.text);
  let known: readonly string[] = [current];
  let asked: Promise<void> | null = null;
  let askedMs = Number.NEGATIVE_INFINITY;

  async function ask(): Promise<void> {
    try {
      const moment = atSeconds ?? now() / 1000;
      const samples = await client.query(clustersQuery(label, others), { tier: 'start', atSeconds: moment });
      const found = samples.flatMap(({ labels }) => labels[label] || []);
      known = [...new Set([current, ...found])].sort();
    } catch {
      // The questions about the mesh meet the same trouble, and say so.
      askedMs = Number.NEGATIVE_INFINITY;
    }
  }

  function refresh(): Promise<void> {
    if (asked === null || now() - askedMs >= ASK_EVERY_MS) {
      askedMs = now();
      asked = ask();
    }
    return asked;
  }

  return {
    label,
    current,
    values() {
      void refresh();
      return known;
    },
    async settled() {
      await within(refresh(), SETTLE_MS, () => undefined);
    },
    matchersOf: (cluster) => [...others, matcher(label, '=', cluster)],
  };
}

/** Of several the one that sounds like it: a store is cut by job and replica, too. */
function chooseMatcher(matchers: readonly string[]): Chosen | null {
  const exact = matchers.flatMap((text) => {
    const [, name, quoted] = /^(\w+|"(?:[^"\\]|\\.)*")=("(?:[^"\\]|\\.)*")$/.exec(text) ?? [];
    if (!name || !quoted) return [];
    const label = name.startsWith('"') ? (JSON.parse(name) as string) : name;
    return [{ text, label, value: JSON.parse(quoted) as string }];
  });
  return exact.find(({ label }) => /cluster/i.test(label)) ?? exact[0] ?? null;
}
