// What may not be done with a kind of object that cannot be listed: asked at once, so that whoever grants it grants all of it.

import type { KubernetesClient } from '../api/client.ts';
import { isNamespaces, type Kind } from '../watch/kinds.ts';
import { isAllowed } from './access.ts';
import type { AccessRule } from './missing-rule.ts';

export function kindRule(
  verb: string,
  { group, resource }: Pick<Kind<unknown>, 'group' | 'resource'>,
  namespace: string | null,
): AccessRule {
  return { verb, group, resource, namespace, name: null };
}

export async function readMissingRules(
  client: KubernetesClient,
  kind: Pick<Kind<unknown>, 'group' | 'resource'>,
  namespace: string | null,
  signal: AbortSignal,
): Promise<AccessRule[]> {
  if (namespace !== null && isNamespaces(kind.resource)) return [kindRule('get', kind, namespace)];
  const watching = kindRule('watch', kind, namespace);
  const mayWatch = await isAllowed(client, watching, signal).catch(() => false);
  const listing = kindRule('list', kind, namespace);
  return mayWatch ? [listing] : [listing, watching];
}
