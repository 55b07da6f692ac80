// Why there are no numbers: the store says nothing, and all that is shown is what Kubernetes knows.

import type { Finding } from '@latchwork/shared/problems/finding';
import { SourceError } from '../../sources/source-error.ts';
import { toFinding } from '../findings/finding.ts';

export function toStoreAway(error: unknown): Finding {
  const known = error instanceof SourceError ? error : null;
  return toFinding({
    code: 'store-away',
    severity: 'bad',
    what: `no traffic is known: ${error instanceof Error ? error.message : String(error)}`,
    evidence: 'workloads and pods are those that Kubernetes names',
    remedy: known?.remedy ?? 'see whether Prometheus runs; it is asked again by itself',
    manifest: known?.manifest ?? null,
    missingRight: known?.manifest === undefined ? null : known.message,
  });
}
