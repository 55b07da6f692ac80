// What policy turned away on an edge, and what the caller saw of it. Pure.

import type { Edge, Refused } from '@latchwork/shared/edge';
import { isAllRefused, refusedRps } from '@latchwork/shared/refusal';

export interface Refusal {
  rps: number;
  /** 0 to 1; null where only the rate is known. */
  share: number | null;
  isAll: boolean;
  /** Of the window, about. */
  count: number;
  /** "403", "403, 429": in the order of how often. */
  sawStatus: string;
}

/** As the proxies answer; gRPC callers get 7 for 403, and their own codes for the others. */
const STATUS: Record<keyof Refused, string> = {
  authorization: '403',
  route: '404',
  rateLimit: '429',
  egress: '403',
};

/** Null when nothing was refused. */
export function toRefusal(edge: Edge, windowSeconds: number): Refusal | null {
  const rps = refusedRps(edge);
  if (edge.refused === null || rps === 0) return null;
  const kinds = (Object.entries(edge.refused) as [keyof Refused, number][])
    .filter(([, rate]) => rate > 0)
    .sort(([, a], [, b]) => b - a);
  return {
    rps,
    share: edge.refusedShare,
    isAll: isAllRefused(edge),
    count: Math.max(1, Math.round(rps * windowSeconds)),
    sawStatus: [...new Set(kinds.map(([kind]) => STATUS[kind]))].join(', '),
  };
}
