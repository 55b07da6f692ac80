// From a place to the parameters of its topics. Absent is the server's default, so equal places make equal keys.

import type {
  DoctorParams,
  HistoryParams,
  PodPairsParams,
  ScopeParams,
  WorkloadParams,
} from '@latchwork/shared/live/live';
import type { Place } from '../location/place.ts';
import { parseTapTarget } from './tap-target.ts';

export function scopeParams({ cluster, namespaces, window, at, noise }: Place): ScopeParams {
  return {
    ...(namespaces.length > 0 && { namespace: [...namespaces].sort() }),
    window,
    ...(at !== null && { at }),
    ...(noise === 'show' && { noise }),
    ...(cluster !== null && { cluster }),
  };
}

export function historyParams({ cluster, window, at }: Place): HistoryParams {
  return { window, ...(at !== null && { at }), ...(cluster !== null && { cluster }) };
}

/** Of one edge or workload, by its id. */
export function placeParams({ noise, ...place }: Place, where: string): PodPairsParams {
  return { where, ...historyParams({ noise, ...place }), ...(noise === 'show' && { noise }) };
}

/** Why a number is empty: of a workload, or (null) of the mesh as a whole. */
export function doctorParams({ cluster, window, at }: Place, workload: string | null): DoctorParams {
  return {
    ...(workload !== null && { workload }),
    window,
    ...(at !== null && { at }),
    ...(cluster !== null && { cluster }),
  };
}

/** The whole of one workload, by its id; null for what is no workload. */
export function workloadParams({ cluster, window, at, noise }: Place, id: string): WorkloadParams | null {
  const target = parseTapTarget(id);
  if (!target?.workload) return null;
  return {
    namespace: target.namespace,
    ...target.workload,
    window,
    ...(at !== null && { at }),
    ...(noise === 'show' && { noise }),
    ...(cluster !== null && { cluster }),
  };
}
