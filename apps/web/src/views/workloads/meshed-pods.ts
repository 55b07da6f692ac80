// How many of a workload's pods have a proxy, in figures and words. Pure.

import { count } from '@latchwork/figures/count';
import type { Workload } from '@latchwork/shared/workload';
import { sentence } from '../../format/sentence.ts';
import type { Meshed } from '../../location/parts/workloads-part.ts';

export interface MeshedPods {
  /** `none`: it runs pods, and none of them has a proxy. `idle`: it runs none. */
  state: 'all' | 'some' | 'none' | 'idle';
  meshed: number;
  running: number;
  /** Why not all of them, and what failed; each a sentence. */
  why: readonly string[];
}

/** Null where Kubernetes does not tell. */
export function meshedPods({
  pods,
  notMeshed = [],
}: Pick<Workload, 'pods' | 'notMeshed'>): MeshedPods | null {
  if (pods === undefined) return null;
  const { meshed, running, failed } = pods;
  const state = running === 0 ? 'idle' : meshed === 0 ? 'none' : meshed < running ? 'some' : 'all';
  return {
    state,
    meshed,
    running,
    why: [
      ...notMeshed.map(({ what, remedy }) => `${sentence(what)} ${sentence(remedy)}`),
      ...(failed > 0 ? [failed === 1 ? 'One more pod has failed.' : `${failed} more pods have failed.`] : []),
    ],
  };
}

/** 0 to 1, for sorting and filtering; null where nobody can say. */
export function meshedShare(workload: Pick<Workload, 'pods'>): number | null {
  const { meshed, running } = workload.pods ?? { meshed: 0, running: 0 };
  return running === 0 ? null : meshed / running;
}

/** Where Kubernetes does not tell of pods, metrics do of the workload as a whole. */
export function isOfMeshed(workload: Workload, wanted: Meshed | null): boolean {
  if (wanted === null) return true;
  return isMeshed(workload) === (wanted === 'yes');
}

/** Null where neither Kubernetes nor metrics tell: unknown is not meshed, and not unmeshed. */
function isMeshed(workload: Workload): boolean | null {
  const share = meshedShare(workload);
  return share === null ? workload.meshed : share === 1;
}

/** "of them 20 meshed", "of them 15 meshed, 5 unknown". */
export function meshedWords(workloads: readonly Workload[]): string {
  const of = (wanted: boolean | null) => workloads.filter((one) => one.meshed === wanted).length;
  const unknown = of(null);
  if (unknown === workloads.length && unknown > 0) return 'which are meshed is unknown';
  return `of them ${count(of(true))} meshed${unknown > 0 ? `, ${count(unknown)} unknown` : ''}`;
}
