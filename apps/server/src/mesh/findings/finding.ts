// A finding from the little that its maker knows: what nobody said is null, and where nothing is named it is of the mesh.

import type { Finding } from '@latchwork/shared/problems/finding';

type Said = Pick<Finding, 'code' | 'what' | 'remedy'> & Partial<Finding>;

export function toFinding(said: Said): Finding {
  return {
    severity: 'info',
    where: 'mesh',
    evidence: null,
    command: null,
    manifest: null,
    missingRight: null,
    weight: null,
    since: null,
    affected: null,
    ...said,
  };
}
