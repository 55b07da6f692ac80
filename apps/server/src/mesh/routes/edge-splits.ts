// Edges → the same edges, where a route divides the calls of a Service with its configured weight and what came of it. Pure.

import type { Edge, EdgeSplit } from '@latchwork/shared/edge';
import { parseNodeId } from '@latchwork/shared/node-id';
import type { Split, SplitBackend } from './splits.ts';

interface Place {
  readonly split: Split;
  readonly backend: SplitBackend;
}

/**
 * By the target alone: metrics of calls do not say which Service was asked for. Nothing is said of a workload that stands
 * behind two backends, and of one that two routes send to.
 */
export function createEdgeSplits(
  splits: readonly Split[],
  edges: readonly Edge[],
): (edge: Edge) => EdgeSplit | undefined {
  if (splits.length === 0) return () => undefined;
  const places = placesOf(splits);
  const bySource = Map.groupBy(edges, ({ source }) => source);
  return (edge) => {
    const place = placeFor(places.get(edge.target) ?? [], edge.source);
    if (!place) return undefined;
    const { split, backend } = place;
    const requestsTo = (targets: readonly string[]) => requestsOf(bySource.get(edge.source) ?? [], targets);
    const requests = requestsTo(split.backends.flatMap(({ workloads }) => workloads));
    return {
      parent: split.parent,
      route: split.route,
      weight: backend.weight,
      share: requests > 0 ? requestsTo(backend.workloads) / requests : null,
      requests,
      since: split.since,
    };
  };
}

function placesOf(splits: readonly Split[]): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const split of splits)
    for (const backend of split.backends)
      for (const workload of backend.workloads) {
        const known = places.get(workload) ?? [];
        places.set(workload, [...known, { split, backend }]);
      }
  return places;
}

/** A consumer's route of the caller's own namespace goes before the producer's. */
function placeFor(places: readonly Place[], source: string): Place | null {
  const caller = parseNodeId(source);
  // Callers' proxies divide: whoever has none takes what the Service gives.
  if (caller?.type !== 'workload') return null;
  const { namespace } = caller;
  const own = places.filter(({ split }) => split.callersOf !== null && split.callersOf === namespace);
  const [first, ...others] = own.length > 0 ? own : places.filter(({ split }) => split.callersOf === null);
  return first && others.length === 0 ? first : null;
}

function requestsOf(edges: readonly Edge[], targets: readonly string[]): number {
  const wanted = new Set(targets);
  return edges.reduce((sum, { target, http }) => sum + (wanted.has(target) ? (http?.requests ?? 0) : 0), 0);
}
