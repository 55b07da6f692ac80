// What a tapped request says about its encryption. Pure; the shares of many are added up by `lock-tally.ts`.

import type { TapRequest } from '@latchwork/shared/tap/tap-event';
import { type Verdict, verdictOf } from '../lock/encryption.ts';

/** What tap calls the application's own TLS; metrics call it `opaque`. */
const PASSED_THROUGH = 'passthru';

/**
 * The caller's proxy knows the lock from its destination, the target's proxy from its source; the other two labels
 * are the loopback to the application.
 */
export function tappedVerdict({ direction, source, destination }: TapRequest): Verdict {
  const { labels } = direction === 'outbound' ? destination : source;
  if (labels.tls === PASSED_THROUGH) return { encryption: 'opaque', reason: PASSED_THROUGH };
  return verdictOf(labels, direction === 'outbound' ? labels.server_id : labels.client_id);
}
