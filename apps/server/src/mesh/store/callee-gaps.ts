// Labels of the callee (`dst_*`) that a store lacks: one finding for all of them, with what nobody can see without them.

import { counted } from '@latchwork/figures/count';
import type { Finding } from '@latchwork/shared/problems/finding';
import { toFinding } from '../findings/finding.ts';
import { keptLabels } from './kept-labels.ts';
import type { StoredLabels } from './stored-labels.ts';

/** What is not told by one of them; the first one tells what the others do as well. */
const LOSS = {
  dst_namespace:
    'for which workload and Service a call was: callees are known by their identity, else by their address, tables by Service are empty, and pods of other clusters are not told apart',
  dst_service:
    'for which Service a call was: tables by Service are empty, and pods of other clusters are not told apart',
  dst_pod:
    'which pods of a Service were called: pods of other clusters, and pods without an owner, are not told apart',
} as const;
type Label = keyof typeof LOSS;

const LABELS = Object.keys(LOSS) as Label[];

export function calleeGaps(labels: StoredLabels): Finding[] {
  const missing = LABELS.filter((label) => isMissing(label, labels));
  const [first] = missing;
  if (first === undefined) return [];
  const isNamespaceless = first === 'dst_namespace';
  // Of rows without a namespace the others are not asked for.
  const named = isNamespaceless ? LABELS.filter((label) => !labels.has.get(label)) : missing;
  const losses = isNamespaceless ? [LOSS.dst_namespace] : missing.map((label) => LOSS[label]);
  return [
    gap(
      `label-missing:${first}`,
      `no series says by ${named.join(', ')} whom a call was for: invisible is ${losses.join('; and ')}`,
    ),
  ];
}

/** `pods`: called ones without an owner there, although their own proxies name one. */
export function ownerlessCallees(pods: readonly string[]): Finding | null {
  const [some] = pods;
  if (some === undefined) return null;
  return gap(
    'label-missing:dst_deployment',
    `calls to ${counted(pods.length, 'pod')} (${some}${pods.length > 1 ? ', …' : ''}) do not say whose they are by dst_deployment, dst_statefulset and the others, which the pods' own proxies do: invisible is who owns callees whose own proxies are not scraped`,
  );
}

function isMissing(label: Label, { lacks, has, pushed, other }: StoredLabels): boolean {
  if ([...pushed, ...other].some((one) => one.label === label)) return false;
  // What is outside of the cluster is in no namespace: some lack it.
  return (lacks.get(label) ?? 0) > 0 && !has.get(label);
}

function gap(code: string, what: string): Finding {
  return toFinding({
    ...{ code, severity: 'warn', what },
    remedy:
      'keep the labels that begin with dst_ in the scrape configuration: look for labeldrop, labelkeep, or aggregation of series on their way to the store',
    manifest: keptLabels('a label that begins with dst_'),
  });
}
