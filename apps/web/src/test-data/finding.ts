// A finding of what a test cares about, for tests.

import type { Finding } from '@latchwork/shared/problems/finding';

export function finding(said: Partial<Finding>): Finding {
  return {
    code: 'found',
    severity: 'info',
    where: 'mesh',
    what: '',
    evidence: null,
    remedy: '',
    command: null,
    manifest: null,
    missingRight: null,
    weight: null,
    since: null,
    affected: null,
    ...said,
  };
}
