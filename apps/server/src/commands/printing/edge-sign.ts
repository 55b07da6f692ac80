// The sign and the word of an edge on a terminal. Pure.

import type { Targets } from '@latchwork/figures/targets';
import type { Edge } from '@latchwork/shared/edge';
import type { LockState } from '@latchwork/shared/lock';
import { isAllRefused } from '@latchwork/shared/refusal';
import { goldenSign } from './cells.ts';
import type { Sign } from './sign.ts';

const LOCK_SIGNS: Readonly<Record<LockState, Sign>> = {
  secured: 'well',
  mixed: 'mixed',
  plaintext: 'plaintext',
  opaque: 'plaintext',
  unknown: 'unknown',
};

/** What never arrived, then what fails, then what is refused, then the lock. */
export function edgeSign(edge: Edge, targets: Targets): Sign {
  if (edge.unreached !== null) return 'bad';
  if (isAllRefused(edge)) return 'refused';
  const told = goldenSign(edge.http, targets);
  if (told === 'bad' || told === 'warn') return told;
  return LOCK_SIGNS[edge.lock.state];
}

export function edgeWord(edge: Edge): string {
  if (isAllRefused(edge)) return 'refused';
  if (edge.unreached !== null && edge.http === null) return 'lost';
  return edge.lock.state;
}
