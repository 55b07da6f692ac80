// The namespace that is open because something in it, or all of it, is in focus.

import { parseNodeId } from '@latchwork/shared/node-id';

/** `focus`: a node's id or a namespace. Null for what is in no namespace. */
export function focusNamespace(focus: string | null): string | null {
  const parts = parseNodeId(focus ?? '');
  if (parts === null) return focus;
  return parts.type === 'workload' || parts.type === 'service' ? parts.namespace : null;
}
