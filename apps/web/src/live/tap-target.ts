// What a tap is of or goes to, as people write it: a namespace, or `namespace/kind/name`. Pure.

import { isNamespaceName } from '@latchwork/shared/namespace-name';
import { parseNodeId } from '@latchwork/shared/node-id';
import { isWorkloadKind, type WorkloadKind } from '@latchwork/shared/workload-kind';

export interface TapTarget {
  namespace: string;
  /** Null: all of the namespace. */
  workload: { kind: WorkloadKind; name: string } | null;
}

/** Null for what is neither. */
export function parseTapTarget(text: string): TapTarget | null {
  if (isNamespaceName(text)) return { namespace: text, workload: null };
  const parts = parseNodeId(text);
  if (parts?.type !== 'workload' || !isWorkloadKind(parts.kind)) return null;
  const { namespace, kind, name } = parts;
  return isNamespaceName(namespace) ? { namespace, workload: { kind, name } } : null;
}
