// How much of some edges is locked. Requests and connections are two questions and are never added.

import type { Edge } from '@latchwork/shared/edge';
import { isPlausible, isShare } from './plausible.ts';

/** 0 to 1; null without such edges. */
export interface SecuredShares {
  requests: number | null;
  connections: number | null;
}

export function securedShares(edges: readonly Edge[]): SecuredShares {
  return {
    requests: weighted(
      edges.flatMap(({ http }) => (http ? [{ share: http.securedShare, weight: http.rps }] : [])),
    ),
    connections: weighted(
      edges.flatMap((edge) =>
        edge.tcp && !edge.http ? [{ share: edge.tcp.securedShare, weight: connectionWeight(edge) }] : [],
      ),
    ),
  };
}

/** Only all of it is secured, and only nothing of it plaintext. */
export function lockOfShare(share: number): 'secured' | 'mixed' | 'plaintext';
export function lockOfShare(share: number | null): 'secured' | 'mixed' | 'plaintext' | 'unknown';
export function lockOfShare(share: number | null) {
  if (share === null) return 'unknown';
  if (share === 1) return 'secured';
  return share === 0 ? 'plaintext' : 'mixed';
}

/** The mean of what was measured, by weight; equal weights when nothing has any. */
export function weighted(parts: readonly { share: number | null; weight: number }[]): number | null {
  const measured = parts.filter(
    ({ share, weight }) => share !== null && isShare(share) && isPlausible(weight),
  );
  if (measured.length === 0) return null;
  const weight = measured.reduce((sum, part) => sum + part.weight, 0);
  if (weight <= 0) return measured.reduce((sum, part) => sum + part.share!, 0) / measured.length;
  // Exactly 1 and 0 mean "all" and "nothing": adding up must not turn all into 0.9999….
  if (measured.every((part) => part.share === 1)) return 1;
  return measured.reduce((sum, part) => sum + part.share! * part.weight, 0) / weight;
}

/** About how many connections lived in a minute: the open ones and those opened meanwhile. */
export function connectionWeight({ tcp }: Edge): number {
  return Math.max(1, (tcp?.openConnections ?? 0) + 60 * (tcp?.opensPerSecond ?? 0));
}
