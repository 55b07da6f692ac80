// Mesh → the routes that the calls of one workload take, as its own proxies count them: what it asked of which Service, by
// which route, how it was split, tried again, and what never got to an endpoint. Pure.

import type { Routes } from '@latchwork/shared/routes';
import { withClusterLabels } from '../cluster/cluster-labels.ts';
import { sourceOf } from '../flows/peer.ts';
import type { Mesh } from '../mesh.ts';
import { toSnapshot } from '../scope.ts';
import type { RouteRow } from './route-row.ts';
import { toRouteRows } from './route-rows.ts';

/** The part is missing where the store was not asked about this workload yet. */
export function toCalls(mesh: Mesh, id: string): Routes {
  const { callRequests, callBackends, callRetries, callLatency } = mesh.callAnswers;
  const covered = mesh.covered?.callRequests ?? [];
  const isAsked = covered === 'all' || covered.includes(id);
  const own = (samples: typeof callRequests = []) =>
    isAsked ? samples.filter((sample) => callerOf(mesh, sample) === id) : [];
  const answers = {
    routeRequests: own(callRequests),
    routeBackends: own(callBackends),
    routeRetries: own(callRetries),
    routeLatency: own(callLatency),
  };
  const rows = toRouteRows(answers, mesh.cluster?.routing ?? null).filter(isCalled);
  const { callRequests: part, ...parts } = mesh.parts;
  return {
    ...toSnapshot({ ...mesh, parts: isAsked ? mesh.parts : parts }, { requestsPerSecond: 0, edges: 0 }),
    routes: rows.map((row) => row.toRoute(mesh.windowSeconds, null)).sort(busiestFirst),
  };
}

function callerOf({ names }: Mesh, sample: Parameters<typeof withClusterLabels>[0]): string | null {
  const { labels } = names ? withClusterLabels(sample, names) : sample;
  return sourceOf(labels)?.id ?? null;
}

/** What Kubernetes alone knows of is not this workload's. */
function isCalled(row: RouteRow): boolean {
  return row.tally.rps > 0 || row.refusedRps > 0 || row.tried.rps > 0;
}

function busiestFirst(a: Routes['routes'][number], b: Routes['routes'][number]): number {
  return (b.golden?.rps ?? 0) - (a.golden?.rps ?? 0) || (a.id < b.id ? -1 : 1);
}
