// Meshed workloads that Prometheus knows nothing of: without this they would look idle, as if nobody called them.

import { named } from '@latchwork/figures/named';
import type { InventoryPod } from '@latchwork/shared/inventory';
import type { Finding } from '@latchwork/shared/problems/finding';
import type { ClusterView } from './cluster/cluster-view.ts';
import { toFinding } from './findings/finding.ts';
import type { Picture } from './picture.ts';

export interface NotScrapedInput {
  /** Scrapes themselves are requests that a proxy counts: whoever is scraped is known. */
  readonly picture: Pick<Picture, 'nodes'>;
  readonly cluster: Pick<ClusterView, 'workloads'>;
  readonly atSeconds: number;
  readonly windowSeconds: number;
}

/** A pod may be there for a while before it is found and scraped twice. */
const FOUND_AFTER_SECONDS = 60;
const NAMED = 4;

export function notScraped({ picture, cluster, atSeconds, windowSeconds }: NotScrapedInput): Finding | null {
  const oldMs = (atSeconds - windowSeconds - FOUND_AFTER_SECONDS) * 1000;
  const isOld = ({ meshed, ready, createdAt }: InventoryPod) =>
    meshed && ready && Date.parse(createdAt) < oldMs;
  const meshed = [...cluster.workloads.values()].filter(({ pods }) => pods.some(isOld));
  const missing = meshed.filter(({ id }) => {
    const node = picture.nodes.get(id);
    return node?.type === 'workload' && node.denied === null;
  });
  // Where none is scraped, other diagnoses say so.
  if (missing.length === 0 || missing.length === meshed.length) return null;
  const names = missing.map(({ namespace, name }) => `${namespace}/${name}`);
  return toFinding({
    code: 'not-scraped',
    what: `Prometheus knows no proxy of ${missing.length} meshed ${missing.length === 1 ? 'workload' : 'workloads'}: ${named(names, NAMED)}. Their numbers are missing, not 0`,
    remedy:
      'see whether its scrape configuration leaves out these namespaces or pods, whether a NetworkPolicy keeps it from port 4191, and whether --matcher leaves them out',
  });
}
