// Which groups of cells have no answer to show, and why. Pure.

import type { Parts } from '@latchwork/shared/parts';

/** Each says why; null while the question is answered. */
export interface FailedCells {
  requests: string | null;
  latency: string | null;
  connections: string | null;
  /** What callers counted: the locks. */
  edges: string | null;
}

export function failedCells(parts: Parts): FailedCells {
  return {
    requests: failure(parts, 'inbound'),
    latency: failure(parts, 'inboundLatency'),
    connections: failure(parts, 'connections'),
    edges: failure(parts, 'outbound'),
  };
}

function failure(parts: Parts, name: string): string | null {
  const part = parts[name];
  return part?.state === 'failed' ? (part.message ?? 'Prometheus did not answer') : null;
}
