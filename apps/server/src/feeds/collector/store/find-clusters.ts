// Looks for a label that tells clusters apart among the proxies of a store. Keeps nothing.

import { areApart, areSurelyApart, toClusterCalls } from '../../../mesh/store/cluster-calls.ts';
import {
  type ClusterLabel,
  toCandidates,
  toClusterLabels,
  toPlaceNames,
} from '../../../mesh/store/several-clusters.ts';
import {
  calledUnderQuery,
  type PlaceNames,
  PROXY_FAMILIES,
  type ProxyFamily,
  podsUnderQuery,
  repeatsQuery,
  someProxiesQuery,
} from '../../../sources/prometheus/questions/clusters.ts';
import type { Sample } from '../../../sources/prometheus/sample.ts';

/** A label that tells clusters apart, and where it was seen. */
export interface FoundClusters {
  readonly family: ProxyFamily;
  readonly label: string;
}

export interface ClusterSearch {
  readonly ask: (text: string) => Promise<Sample[]>;
  readonly matchers: readonly string[];
  /** One cluster was chosen already: only what is surely apart is another. */
  readonly isWithin: boolean;
}

/** Of labels that may tell clusters apart. */
const MOST_TRIED = 3;

/** Null where all that is there is one. Throws when it is not answered. */
export async function findClusters(search: ClusterSearch): Promise<FoundClusters | null | 'nothing yet'> {
  const { ask, matchers, isWithin } = search;
  for (const family of PROXY_FAMILIES) {
    const proxies = await ask(someProxiesQuery(family, matchers));
    if (proxies.length === 0) continue;
    // Without Linkerd's own labels no workload can be seen to repeat, and any label would do.
    const places = toPlaceNames(proxies);
    if (places === null) return null;
    const candidates = toCandidates(proxies, matchers);
    const repeats = await ask(repeatsQuery(family, candidates, places, matchers));
    const likely = toClusterLabels(candidates, repeats).slice(0, MOST_TRIED);
    const proven = await Promise.all(
      likely.map(({ label, proof }) =>
        isProven({ label, proof: isWithin ? 'within' : proof }, { family, places }, search),
      ),
    );
    const found = likely.find((_, i) => proven[i]);
    return found ? { family, label: found.label } : null;
  }
  return 'nothing yet';
}

async function isProven(
  { label, proof }: ClusterLabel,
  { family, places }: { readonly family: ProxyFamily; readonly places: PlaceNames },
  { ask, matchers }: ClusterSearch,
): Promise<boolean> {
  if (proof === 'none') return true;
  const [called, pods] = await Promise.all([
    ask(calledUnderQuery(label, matchers)),
    ask(podsUnderQuery(family, label, places, matchers)),
  ]);
  const calls = toClusterCalls(label, places, { called, pods });
  return proof === 'within' ? areSurelyApart(calls) : (areApart(calls) ?? true);
}
