// What one series says about encryption (truth rule 1): mTLS needs both `tls="true"` and the other side's identity.

import type { Labels } from '../../sources/prometheus/sample.ts';

type Encryption = 'secured' | 'opaque' | 'plaintext' | 'unknown';

export interface Verdict {
  readonly encryption: Encryption;
  /** As the proxy names it; ours where it has no name. Empty when secured. */
  readonly reason: string;
}

/** TLS that nobody's identity vouches for. */
const NO_CLIENT_IDENTITY = 'no_client_identity';
/** The series has no `tls` label: a proxy or a scrape configuration that leaves it out. */
const NO_TLS_LABEL = 'tls_label_missing';

// One object each: rows by the ten thousand are judged.
const UNKNOWN: Verdict = { encryption: 'unknown', reason: NO_TLS_LABEL };
const SECURED: Verdict = { encryption: 'secured', reason: '' };
const UNVOUCHED: Verdict = { encryption: 'opaque', reason: NO_CLIENT_IDENTITY };
const OPAQUE: Verdict = { encryption: 'opaque', reason: 'opaque' };

/** `peerId`: `server_id` of an outbound series, `client_id` of an inbound one. */
export function verdictOf({ tls, no_tls_reason: reason }: Labels, peerId: string | undefined): Verdict {
  if (tls === undefined || tls === '') return UNKNOWN;
  if (tls === 'true') return peerId ? SECURED : UNVOUCHED;
  if (tls === 'opaque') return OPAQUE;
  return { encryption: 'plaintext', reason: reason || tls };
}
