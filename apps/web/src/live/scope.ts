// From a place to the parameters of its topics. Absent is the server's default, so equal places make equal keys.

import type { HistoryParams, ScopeParams, WorkloadParams } from '@latchwork/shared/live';
import { isNamespaceName } from '@latchwork/shared/namespace-name';
import type { TapParams } from '@latchwork/shared/tap-params';
import { isWorkloadKind } from '@latchwork/shared/workload-kind';
import type { Place } from '../location/place.ts';
import { askParams, parseTapAsk } from './tap-ask.ts';
import { narrowParams, parseTapNarrow } from './tap-narrow.ts';

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

/** The whole of one workload, by its id; null for what is no workload. */
export function workloadParams({ cluster, window, at, noise }: Place, id: string): WorkloadParams | null {
  const [namespace, kind, name, ...rest] = id.split('/');
  if (!namespace || !isNamespaceName(namespace) || !name || rest.length > 0) return null;
  if (kind === undefined || !isWorkloadKind(kind)) return null;
  return {
    namespace,
    kind,
    name,
    window,
    ...(at !== null && { at }),
    ...(noise === 'show' && { noise }),
    ...(cluster !== null && { cluster }),
  };
}

/** What Live taps: `namespace`, or `namespace/kind/name`; null when the address names no such target. */
export function topParams({ target, noise, ask }: Place): TapParams | null {
  const [namespace, kind, name, ...rest] = (target ?? '').split('/');
  if (!namespace || !isNamespaceName(namespace) || rest.length > 0) return null;
  const more = { ...askParams(parseTapAsk(ask)), ...(noise === 'show' && { noise }) };
  if (kind === undefined) return { namespace, ...more };
  return isWorkloadKind(kind) && name ? { namespace, kind, name, ...more } : null;
}

/** The same, one by one: of one row, when the address names it. Null when they are not shown. */
export function tapParams(place: Place): TapParams | null {
  const params = topParams(place);
  if (params === null || place.tap === null) return null;
  const narrow = parseTapNarrow(place.tap);
  return narrow ? { ...params, ...narrowParams(narrow) } : params;
}
