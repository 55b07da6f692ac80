// Linkerd identities, short enough to read: the service account and its namespace.

/** "web.storefront" of a Kubernetes identity; anything else (SPIFFE, other trust domains' forms) stays whole. */
export function shortIdentity(identity: string): string {
  const found = /^([^.]+)\.([^.]+)\.serviceaccount\.identity\./.exec(identity);
  return found ? `${found[1]}.${found[2]}` : identity;
}
