// Asks the API server up front what the identity in use may do: for tap exactly what it will check, and for each kind that is watched.

import type { KubernetesClient } from '../api/client.ts';
import { readIdentity } from '../api/identity.ts';
import { rawOf } from '../api/raw.ts';
import { toGrant } from './access-grant.ts';
import { toAttributes } from './attributes.ts';
import { type AccessRule, rulePhrase } from './missing-rule.ts';

export interface TapTarget {
  readonly namespace: string;
  /** Plural, as in the path of a tap: `deployments`; null taps the whole namespace. */
  readonly resource: string | null;
  readonly name: string | null;
}

export interface Access {
  readonly allowed: boolean;
  /** Empty when allowed. */
  readonly missing: readonly AccessRule[];
  /** Plain words; null when allowed. */
  readonly message: string | null;
  /** A manifest that grants what is missing; null when allowed. */
  readonly manifest: string | null;
}

const TAP = 'tap.linkerd.io';

/**
 * Two gates look at one tap of a namespace, and call it by two names: the API server `tap`, the tap server
 * `namespaces/tap`. A tap of a workload has one name for both.
 */
export function tapRules({ namespace, resource, name }: TapTarget): AccessRule[] {
  const rule = { verb: 'watch', group: TAP, namespace };
  return resource === null
    ? [
        { ...rule, resource: 'tap', name: null },
        { ...rule, resource: 'namespaces/tap', name: null },
      ]
    : [{ ...rule, resource: `${resource}/tap`, name }];
}

/** `get` has been checked for a WebSocket since the beginning, `create` by newer API servers, too. */
export function forwardRules(namespace: string): AccessRule[] {
  const rule = { group: '', resource: 'pods/portforward', namespace, name: null };
  return [
    { ...rule, verb: 'get' },
    { ...rule, verb: 'create' },
  ];
}

/** The API server's own way to a Service, for whoever may not forward ports. */
export function proxyRules(namespace: string): AccessRule[] {
  return [{ verb: 'get', group: '', resource: 'services/proxy', namespace, name: null }];
}

export async function readAccess(
  client: KubernetesClient,
  rules: readonly AccessRule[],
  signal?: AbortSignal,
): Promise<Access> {
  const answers = await Promise.all(rules.map((rule) => isAllowed(client, rule, signal)));
  const missing = rules.filter((_, index) => !answers[index]);
  if (missing.length === 0) return { allowed: true, missing, message: null, manifest: null };
  const identity = await readIdentity(client, signal);
  const who = identity?.user ?? 'the identity in use';
  return {
    allowed: false,
    missing,
    message: `${who} may not ${missing.map(rulePhrase).join(', nor ')}`,
    manifest: toGrant(missing, identity),
  };
}

export async function isAllowed(
  client: KubernetesClient,
  rule: AccessRule,
  signal?: AbortSignal,
): Promise<boolean> {
  const answer = await client.json('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    method: 'POST',
    timeoutMs: 10_000,
    ...(signal ? { signal } : {}),
    body: JSON.stringify({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: {
        resourceAttributes: toAttributes(rule),
      },
    }),
  });
  return rawOf(rawOf(answer)['status'])['allowed'] === true;
}
