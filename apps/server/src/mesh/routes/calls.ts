// Mesh → the routes that the calls of one workload take, as its own proxies count them: what it asked of which Service, by
// which route, how it was split, tried again, and what never got to an endpoint. Pure.

import type { Calls } from '@latchwork/shared/routes/routes';
import { MOST_CALLERS } from '../../sources/prometheus/questions/calls.ts';
import { withClusterLabels } from '../cluster/cluster-labels.ts';
import { sourceOf } from '../flows/peer.ts';
import type { Mesh } from '../mesh.ts';
import { onDemand, untoldWorkload } from '../on-demand/on-demand.ts';
import type { RouteRow } from './route-row.ts';
import { toRouteRows } from './route-rows.ts';

/** The part is missing where the store was not asked about this workload yet. */
export function toCalls(mesh: Mesh, id: string): Calls {
  const { callRequests, callBackends, callRetries, callLatency } = mesh.callAnswers;
  const asked = onDemand(mesh, 'callRequests', id);
  const own = (samples: typeof callRequests = []) =>
    asked.isAsked ? samples.filter((sample) => callerOf(mesh, sample) === id) : [];
  const answers = {
    routeRequests: own(callRequests),
    routeBackends: own(callBackends),
    routeRetries: own(callRetries),
    routeLatency: own(callLatency),
  };
  const rows = toRouteRows(answers, mesh.cluster?.routing ?? null).filter(isCalled);
  return {
    ...asked.snapshot,
    routes: rows.map((row) => row.toRoute(mesh.windowSeconds, null)).sort(busiestFirst),
    untold: untoldWorkload(asked, MOST_CALLERS),
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

function busiestFirst(a: Calls['routes'][number], b: Calls['routes'][number]): number {
  return (b.golden?.rps ?? 0) - (a.golden?.rps ?? 0) || (a.id < b.id ? -1 : 1);
}
