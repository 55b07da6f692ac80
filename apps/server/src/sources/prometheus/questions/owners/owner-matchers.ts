// Matchers for what the proxies of some workloads count themselves, and for what they send to one place. Text only.

import { parseNodeId } from '@latchwork/shared/node-id';
import { escaped, matcher } from '../promql.ts';
import { DST_OWNER_LABELS, OWN_OWNER_LABELS } from './owner-labels.ts';

/** Of one workload; null for what is none. */
export function ofOwner(id: string): string[] | null {
  return ofOwners([id])[0] ?? null;
}

/** Of what somebody wants to see, the workloads that are asked about at once. */
export function ownersAsked(wanted: readonly string[], most: number): string[] {
  return [...new Set(wanted)]
    .filter((id) => ofOwner(id) !== null)
    .sort()
    .slice(0, most);
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

/** What callers count of the calls to one node; null where no label names it. */
export function ofDestination(id: string): string[] | null {
  const node = parseNodeId(id);
  if (node?.type === 'external')
    return node.what === 'host' ? [matcher('target_addr', '=', node.address)] : null;
  if (node?.type === 'service')
    return [matcher('dst_namespace', '=', node.namespace), matcher('dst_service', '=', node.name)];
  if (node?.type !== 'workload') return null;
  const { namespace, kind, name } = node;
  const label = kind === 'pod' ? 'dst_pod' : DST_OWNER_LABELS.find(([, known]) => known === kind)?.[0];
  return [
    matcher('dst_namespace', '=', namespace),
    label === undefined || kind === 'cronjob'
      ? matcher('dst_pod', '=~', named([name], '-.+'))
      : matcher(label, '=', name),
  ];
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
