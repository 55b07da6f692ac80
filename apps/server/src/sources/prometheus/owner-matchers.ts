// Matchers for what the proxies of some workloads count themselves. Text only.

import { parseNodeId } from '@latchwork/shared/node-id';
import { OWN_OWNER_LABELS } from './owner-labels.ts';
import { escaped, matcher } from './promql.ts';

/** Of one workload; null for what is none. */
export function ofOwner(id: string): string[] | null {
  return ofOwners([id])[0] ?? null;
}

/** One list for each namespace and kind among `ids`; what is no workload is left out. */
export function ofOwners(ids: readonly string[]): string[][] {
  const groups = new Map<
    string,
    { readonly namespace: string; readonly kind: string; readonly names: string[] }
  >();
  for (const id of ids) {
    const node = parseNodeId(id);
    if (node?.type !== 'workload') continue;
    const { namespace, kind, name } = node;
    const key = `${namespace}/${kind}`;
    const group = groups.get(key) ?? { namespace, kind, names: [] };
    group.names.push(name);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ namespace, kind, names }) => [
    matcher('namespace', '=', namespace),
    owners(kind, names),
  ]);
}

/** A CronJob's pods are of its Jobs, and whatever Linkerd's labels do not name is told by the names of its pods. */
function owners(kind: string, names: readonly string[]): string {
  if (kind === 'cronjob') return matcher('k8s_job', '=~', named(names, '-[0-9]+'));
  const label = kind === 'pod' ? 'pod' : OWN_OWNER_LABELS.find(([, known]) => known === kind)?.[0];
  if (label === undefined) return matcher('pod', '=~', named(names, '-.+'));
  return names.length === 1 ? matcher(label, '=', names[0] ?? '') : matcher(label, '=~', named(names, ''));
}

function named(names: readonly string[], ending: string): string {
  const [only] = names;
  return names.length === 1
    ? `${escaped(only ?? '')}${ending}`
    : `(${names.map(escaped).join('|')})${ending}`;
}
