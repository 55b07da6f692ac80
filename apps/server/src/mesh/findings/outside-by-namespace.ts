// Calls that leave the mesh: a host that one workload alone calls is one of many of its namespace, and no problem of its own.

import { counted } from '@latchwork/figures/count';
import { edgeEnds } from '@latchwork/shared/edge-id';
import { parseNodeId } from '@latchwork/shared/node-id';
import type { Made } from './made.ts';

/** With the namespace as their shared cause, where it calls several such hosts. What several callers share is left as it is. */
export function outsideByNamespace(all: readonly Made[]): Made[] {
  const callersOf = new Map<string, Set<string>>();
  for (const one of all) {
    const ends = outsideEnds(one);
    if (ends) callersOf.set(ends.target, (callersOf.get(ends.target) ?? new Set()).add(ends.source));
  }
  const ofNamespace = Map.groupBy(all, (one) => {
    const ends = outsideEnds(one);
    return ends && callersOf.get(ends.target)?.size === 1
      ? `${one.finding.code} from ${ends.namespace}`
      : null;
  });
  return [...ofNamespace].flatMap(([key, own]) => {
    const hosts = new Set(own.map(({ finding }) => finding.where)).size;
    if (key === null || hosts < 2) return own;
    const ends = own.flatMap((one) => outsideEnds(one) ?? []);
    const port = ends.every(({ address }) => address.endsWith(':443')) ? ' on port 443' : '';
    const where = ends[0]!.namespace;
    const what = `Calls to ${counted(hosts, 'host')} leave the mesh${port}`;
    return own.map((one) => ({ ...one, cause: { key, where, what } }));
  });
}

/** Null for what is no call in the clear to an address outside. */
function outsideEnds({ kind, finding }: Made) {
  const ends = kind === 'plaintext' ? edgeEnds(finding.where) : null;
  const [caller, target] = ends ? [parseNodeId(ends.source), parseNodeId(ends.target)] : [null, null];
  if (ends === null || caller?.type !== 'workload') return null;
  return target?.type === 'external' && target.what === 'host'
    ? { ...ends, namespace: caller.namespace, address: target.address }
    : null;
}
