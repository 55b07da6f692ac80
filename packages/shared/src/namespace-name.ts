// A namespace as Kubernetes names it: a DNS-1123 label.

import { type Static, Type } from 'typebox';

export const NAMESPACE_ALLOWED = 'a DNS-1123 label: lower-case letters, digits and "-", at most 63';

export const NamespaceName = Type.String({
  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
  maxLength: 63,
  description: NAMESPACE_ALLOWED,
});
export type NamespaceName = Static<typeof NamespaceName>;

export function isNamespaceName(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text);
}
