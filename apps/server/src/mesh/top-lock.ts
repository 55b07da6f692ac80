// The lock of tapped requests: a share of all that were seen, never the first sample. Pure.

import type { LockReason } from '@latchwork/shared/lock';
import type { TapRequest } from '@latchwork/shared/tap-event';
import type { TopRow } from '@latchwork/shared/top';

export interface Seal {
  readonly state: 'secured' | 'plaintext' | 'opaque' | 'unknown';
  /** As the proxy names it; empty when secured. */
  readonly reason: string;
}

/** What an inbound proxy calls encrypted by somebody without a mesh identity. */
const NO_IDENTITY = 'no_client_identity';

/**
 * The caller's proxy knows the lock from its destination, the target's proxy from its source; the other two labels
 * are the loopback to the application. Secured is only what also has an identity: `tls="true"` alone may be anybody.
 */
export function sealOf({ direction, source, destination }: TapRequest): Seal {
  const labels = direction === 'outbound' ? destination.labels : source.labels;
  const identity = direction === 'outbound' ? labels.server_id : labels.client_id;
  const { tls } = labels;
  if (!tls) return { state: 'unknown', reason: 'unknown' };
  if (tls === 'true')
    return identity ? { state: 'secured', reason: '' } : { state: 'opaque', reason: NO_IDENTITY };
  if (tls === 'passthru' || tls === 'opaque') return { state: 'opaque', reason: tls };
  return { state: 'plaintext', reason: tls };
}

export interface SealCounts {
  total: number;
  readonly states: Map<Seal['state'], number>;
  readonly reasons: Map<string, number>;
}

export function countSeal(counts: SealCounts, { state, reason }: Seal): void {
  counts.total++;
  counts.states.set(state, (counts.states.get(state) ?? 0) + 1);
  if (state !== 'secured') counts.reasons.set(reason, (counts.reasons.get(reason) ?? 0) + 1);
}

export function toTopLock({ total, states, reasons }: SealCounts): TopRow['lock'] {
  const secured = states.get('secured') ?? 0;
  const parts: LockReason[] = [...reasons].map(([reason, count]) => ({ reason, share: count / total }));
  if (total === 0 || states.get('unknown') === total)
    return { state: 'unknown', securedShare: null, reasons: [] };
  return {
    state:
      secured === total
        ? 'secured'
        : secured > 0
          ? 'mixed'
          : states.get('opaque') === total
            ? 'opaque'
            : 'plaintext',
    securedShare: secured / total,
    reasons: parts,
  };
}
