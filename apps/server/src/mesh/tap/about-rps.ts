// What metrics say about the requests that a tap of one target can see: those it serves and those it makes. Pure.

import type { Graph } from '@latchwork/shared/graph';

export interface RpsTarget {
  readonly namespace: string;
  /** Null: all workloads of the namespace. */
  readonly workloadId: string | null;
}

/** Each call once, from whichever side: as the top counts them. Null when nothing is known of the target. */
export function aboutRps({ nodes, edges }: Graph, { namespace, workloadId }: RpsTarget): number | null {
  const included = new Set(
    nodes
      .filter((node) => node.type === 'workload' && node.namespace === namespace)
      .map(({ id }) => id)
      .filter((id) => workloadId === null || id === workloadId),
  );
  if (included.size === 0) return null;
  return edges
    .filter(({ source, target }) => included.has(source) || included.has(target))
    .reduce((sum, { http }) => sum + (http?.rps ?? 0), 0);
}
