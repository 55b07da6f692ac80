// What is secured on one side of a workload, in figures: requests where there are HTTP edges, connections of the others. Pure.

import { wholePercentText } from '@latchwork/figures/percent';
import { lockOfShare } from '@latchwork/graph/scene/secured-shares';
import type { SecuredShares } from '@latchwork/shared/workload';

export interface MtlsFigure {
  /** Of the share beside it, so that sign and number say the same. */
  shape: 'secured' | 'mixed' | 'plaintext';
  text: string;
}

/** What leads, and the connections where they differ from it; empty when no edge was seen on this side. */
export function mtlsFigures({ requests, connections }: SecuredShares): MtlsFigure[] {
  if (requests === null) return connections === null ? [] : [figure(connections)];
  if (connections === null || connections === requests) return [figure(requests)];
  return [figure(requests), figure(connections, 'TCP ')];
}

/** Both shares with their bases. */
export function mtlsDetail({ requests, connections }: SecuredShares): string {
  return [
    requests === null ? null : `${wholePercentText(requests)} of requests secured`,
    connections === null ? null : `${wholePercentText(connections)} of TCP connections secured`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

function figure(share: number, before = ''): MtlsFigure {
  return { shape: lockOfShare(share), text: before + wholePercentText(share) };
}
