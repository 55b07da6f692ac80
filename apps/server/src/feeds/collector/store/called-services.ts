// Which Services are called, and behind which of them are pods of other clusters.

import { clusterName, clusterValues } from '../../../mesh/store/cluster-names.ts';
import { type CalledServices, toCalledServices } from '../../../mesh/store/elsewhere.ts';
import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import {
  calledPodsQuery,
  podsHereQuery,
  podsOfOthersQuery,
} from '../../../sources/prometheus/questions/endpoints.ts';
import type { Inquiry } from './inquiry.ts';
import { areClusters, type StoreClusters } from './store-clusters.ts';

/** A pod that had series within this time is one of here. */
const HERE_SECONDS = 600;

/** The clusters that a store may hold, and which of them this is about (null: the one that is shown without a choice). */
export interface ShownCluster {
  readonly of: StoreClusters;
  readonly shown: string | null;
}

/** Of a store that does not know its pods, none can be said to be elsewhere. Throws when it is not answered. */
export async function askCalled(
  inquiry: Inquiry,
  client: PrometheusClient,
  own: readonly string[],
  clusters: ShownCluster | null,
): Promise<CalledServices> {
  const [called, here] = await Promise.all([
    inquiry.askQuietly(client, calledPodsQuery(own)),
    inquiry.askQuietly(client, podsHereQuery(own, HERE_SECONDS)),
  ]);
  const found = toCalledServices(called, here);
  const known = clusters?.of.known() ?? null;
  if (!found.elsewhere?.reaching || !clusters || known === null || !areClusters(known)) return found;
  const { labels: names, current } = known;
  const shown = clusterValues(names, clusters.shown ?? current);
  const pods = await inquiry.askQuietly(client, podsOfOthersQuery(names, shown, clusters.of.allMatchers));
  return toCalledServices(
    called,
    here,
    Map.groupBy(pods, ({ labels }) => clusterName(names, labels)),
  );
}
