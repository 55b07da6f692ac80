// Identities of the mesh: a service account and its namespace, never a workload.
// https://linkerd.io/docs/features/automatic-mtls/

export interface ServiceAccount {
  readonly name: string;
  readonly namespace: string;
}

/** `SA.NAMESPACE.serviceaccount.identity.…`, read from the right: the account may hold dots. Null for other forms (SPIFFE). */
export function serviceAccountOf(identity: string): ServiceAccount | null {
  const found = /^(.+)\.([^.]+)\.serviceaccount\.identity\./.exec(identity);
  return found ? { name: found[1] as string, namespace: found[2] as string } : null;
}
