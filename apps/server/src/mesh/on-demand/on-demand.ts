// What is asked of single places only: whether the last answer is of one of them, and what is said where it is not. Pure.

import type { Snapshot } from '@latchwork/shared/snapshot';
import type { PartName } from '../answers.ts';
import type { Mesh } from '../mesh.ts';
import { toSnapshot } from '../scope.ts';

interface OnDemand {
  /** Of which places the last answer is. */
  readonly covered: readonly string[];
  readonly isAsked: boolean;
  /** Without the part where the store was not asked about this place yet. */
  readonly snapshot: Snapshot;
}

const OTHERS =
  'as many other workloads are looked at now as are asked about at once: this one is told when one of those is closed';

export function onDemand(mesh: Mesh, part: PartName, where: string): OnDemand {
  const reach = mesh.covered?.[part] ?? [];
  const isAsked = reach === 'all' || reach.includes(where);
  const { [part]: unasked, ...parts } = mesh.parts;
  return {
    covered: reach === 'all' ? [] : reach,
    isAsked,
    snapshot: toSnapshot(
      { ...mesh, parts: isAsked ? mesh.parts : parts },
      { requestsPerSecond: 0, edges: 0 },
    ),
  };
}

/** Why a workload is not told; null where it is, or will be. `most` are asked about at once. */
export function untoldWorkload({ isAsked, covered }: OnDemand, most: number): string | null {
  return isAsked || covered.length < most ? null : OTHERS;
}
