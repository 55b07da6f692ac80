// One figure for what is secured on one side of a workload, and the form that says it of all its edges. Pure.

import { wholePercentText } from '@latchwork/figures/percent';
import type { SecuredShares } from '@latchwork/shared/workload';

export interface MtlsFigure {
  /** From all edges: half when some are secured and some are not. */
  shape: 'secured' | 'mixed' | 'plaintext';
  /** Of requests where there are HTTP edges, else of connections. */
  share: number;
  /** Both shares with their bases. */
  detail: string;
}

/** Null when no edge was seen on this side. */
export function mtlsFigure({ requests, connections }: SecuredShares): MtlsFigure | null {
  const shares = [requests, connections].filter((share) => share !== null);
  const share = shares[0];
  if (share === undefined) return null;
  const shape = shares.every((part) => part === 1)
    ? 'secured'
    : shares.every((part) => part === 0)
      ? 'plaintext'
      : 'mixed';
  const detail = [
    requests === null ? null : `${wholePercentText(requests)} of requests secured`,
    connections === null ? null : `${wholePercentText(connections)} of TCP connections secured`,
  ];
  return { shape, share, detail: detail.filter((part) => part !== null).join(', ') };
}
