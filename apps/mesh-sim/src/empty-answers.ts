// What Prometheus and tap say when they know nothing: for the relays' `empty` mode.

import type { EmptyAnswer } from './relay.ts';

export function emptyPrometheus(path: string): EmptyAnswer {
  const resultType = path.endsWith('/query_range') ? 'matrix' : 'vector';
  return {
    type: 'application/json',
    body: JSON.stringify({ status: 'success', data: { resultType, result: [] } }),
  };
}

export function emptyTap(): EmptyAnswer {
  return { type: 'application/octet-stream', body: '' };
}
