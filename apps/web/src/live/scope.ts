// From a place to the parameters of its topics. Absent is the server's default, so equal places make equal keys.

import type { HistoryParams, ScopeParams } from '@latchwork/shared/live';
import type { Place } from '../location/place.ts';

export function scopeParams({ namespaces, window, at, noise }: Place): ScopeParams {
  return {
    ...(namespaces.length > 0 && { namespace: [...namespaces].sort() }),
    window,
    ...(at !== null && { at }),
    ...(noise === 'show' && { noise }),
  };
}

export function historyParams({ window, at }: Place): HistoryParams {
  return { window, ...(at !== null && { at }) };
}
