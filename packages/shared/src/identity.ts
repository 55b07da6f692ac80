// Identities of the mesh: a service account and its namespace, never a workload.
// https://linkerd.io/docs/features/automatic-mtls/

export interface ServiceAccount {
  readonly name: string;
  readonly namespace: string;
}

/** `SA.NAMESPACE.serviceaccount.identity.…`, read from the right: the account may hold dots. Null for other forms (SPIFFE). */
export function serviceAccountOf(identity: string): ServiceAccount | null {
  const end = identity.lastIndexOf('.serviceaccount.identity.');
  const dot = identity.lastIndexOf('.', end - 1);
  if (end < 0 || dot < 1 || dot === end - 1) return null;
  return { name: identity.slice(0, dot), namespace: identity.slice(dot + 1, end) };
}

/** `web.storefront`: the service account and its namespace; other forms stay whole. */
export function shortIdentity(identity: string): string {
  const account = serviceAccountOf(identity);
  return account ? `${account.name}.${account.namespace}` : identity;
}
