// Why the pods behind an edge cannot be told, in a plain sentence. Pure.

import { edgeEnds } from '@latchwork/shared/edge-id';
import { parseNodeId } from '@latchwork/shared/node-id';

/** Null where they will be: they were not asked yet. */
export function untoldPairs(where: string, isCounted: boolean, isFull: boolean): string | null {
  if (isCounted)
    return isFull
      ? 'as many other edges are looked at by pod now as are asked about at once: these are told when one of those is closed'
      : null;
  const { source, target } = edgeEnds(where) ?? {};
  const from = parseNodeId(source ?? '');
  const to = parseNodeId(target ?? '');
  if (from?.type === 'unmeshed')
    return 'callers without a proxy count nothing, and the metrics of whom they call do not name them';
  if (from?.type === 'external')
    return 'the caller is known by its identity alone: what its own proxies count is not in these metrics';
  if (to?.type === 'external' && to.what === 'egress')
    return 'what an EgressNetwork refused went to no pod, and is counted without saying where it was meant to go';
  if (to?.type === 'external' && to.what === 'identity')
    return 'the callee is known by its identity alone: the store does not say which of its pods answered';
  return 'metrics name no pods of these two ends';
}
