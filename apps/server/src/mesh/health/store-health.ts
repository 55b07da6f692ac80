// What the store says of the mesh's own health, from the rows of two questions. What it did not say is null, never 0.

import type { Labels, Sample } from '../../sources/prometheus/sample.ts';

export interface SeenProxy {
  readonly namespace: string;
  readonly pod: string;
  /** As the proxy says itself, such as `2.366.0`; empty where it does not. */
  readonly build: string;
  readonly vendor: string;
  readonly profile: string;
}

export interface Counted {
  readonly labels: Labels;
  readonly value: number;
}

export interface HealthFacts {
  readonly one: (fact: string) => number | null;
  readonly of: (fact: string) => readonly Counted[];
}

export function toSeenProxies(samples: readonly Sample[]): SeenProxy[] {
  return samples.map(({ labels }) => ({
    namespace: labels['workload_ns'] || labels['namespace'] || '',
    pod: labels['pod'] ?? '',
    build: labels['exported_version'] || labels['version'] || '',
    vendor: labels['vendor'] ?? '',
    profile: labels['profile'] ?? '',
  }));
}

export function toHealthFacts(samples: readonly Sample[]): HealthFacts {
  const byFact = Map.groupBy(
    samples.filter(({ value }) => Number.isFinite(value)),
    ({ labels }) => labels['fact'] ?? '',
  );
  return {
    one: (fact) => byFact.get(fact)?.[0]?.value ?? null,
    of: (fact) => byFact.get(fact) ?? [],
  };
}
