// What is wrong with one edge, as counts of faults tell it.

import type { Judge } from '@latchwork/figures/targets';
import type { Edge } from '@latchwork/shared/edge';
import type { FaultCounts } from '../scene/fault-counts.ts';
import { toJudged } from '../scene/link.ts';
import { rankOf } from './line.ts';

const KINDS: readonly (keyof FaultCounts | undefined)[] = ['bad', 'refused', 'lock', 'warn', 'lock'];

/** Undefined where all is well. */
export function faultOf(edge: Edge, judge: Judge): keyof FaultCounts | undefined {
  return KINDS[rankOf(toJudged([edge], judge))];
}
