// From a place to the parameters of its topics. Absent is the server's default, so equal places make equal keys.

import type { DoctorParams, HistoryParams, ScopeParams, WorkloadParams } from '@latchwork/shared/live';
import type { TapParams } from '@latchwork/shared/tap-params';
import type { Place } from '../location/place.ts';
import { askParams, parseTapAsk } from './tap-ask.ts';
import { narrowParams, parseTapNarrow } from './tap-narrow.ts';
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

/** What Live taps: `namespace`, or `namespace/kind/name`; null when the address names no such target. */
export function topParams({ target, noise, ask }: Place): TapParams | null {
  const tapped = parseTapTarget(target ?? '');
  if (tapped === null) return null;
  const more = { ...askParams(parseTapAsk(ask)), ...(noise === 'show' && { noise }) };
  return { namespace: tapped.namespace, ...tapped.workload, ...more };
}

/** The same, one by one: of one row, when the address names it. Null when they are not shown. */
export function tapParams(place: Place): TapParams | null {
  const params = topParams(place);
  if (params === null || place.tap === null) return null;
  const narrow = parseTapNarrow(place.tap);
  return narrow ? { ...params, ...narrowParams(narrow) } : params;
}
