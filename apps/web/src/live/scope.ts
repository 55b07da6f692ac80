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

export function scopeParams(place: Place): ScopeParams {
  const { namespaces } = place;
  return {
    ...(namespaces.length > 0 && { namespace: [...namespaces].sort() }),
    ...noisyParams(place),
  };
}

export function historyParams({ cluster, window, at }: Place): HistoryParams {
  return { window, ...(at !== null && { at }), ...(cluster !== null && { cluster }) };
}

/** Of one edge or workload, by its id. */
export function placeParams(place: Place, where: string): PodPairsParams {
  return { where, ...noisyParams(place) };
}

/** Why a number is empty: of a workload, or (null) of the mesh as a whole. */
export function doctorParams(place: Place, workload: string | null): DoctorParams {
  return { ...(workload !== null && { workload }), ...historyParams(place) };
}

/** The whole of one workload, by its id; null for what is no workload. */
export function workloadParams(place: Place, id: string): WorkloadParams | null {
  const target = parseTapTarget(id);
  if (!target?.workload) return null;
  return { namespace: target.namespace, ...target.workload, ...noisyParams(place) };
}

function noisyParams(place: Place) {
  return { ...historyParams(place), ...(place.noise === 'show' && { noise: place.noise }) };
}
