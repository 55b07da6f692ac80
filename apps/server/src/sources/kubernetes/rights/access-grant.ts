// Missing rights → the manifest that would grant them, for someone who may to read and apply.

import { stringify } from 'yaml';
import type { Identity } from '../api/identity.ts';
import type { AccessRule } from './missing-rule.ts';

const POLICIES: readonly string[] = ['policy.linkerd.io', 'gateway.networking.k8s.io'];
const RBAC = 'rbac.authorization.k8s.io';

/** A Role where all rules are of one namespace, else a ClusterRole; bound to the identity, or to a name to be filled in. */
export function toGrant(rules: readonly AccessRule[], identity: Identity | null): string {
  const [namespace, ...others] = new Set(rules.map((rule) => rule.namespace));
  const place = others.length === 0 && namespace ? { namespace } : {};
  const kind = 'namespace' in place ? 'Role' : 'ClusterRole';
  const name = nameOf(rules);
  const role = {
    apiVersion: `${RBAC}/v1`,
    kind,
    metadata: { name, ...place },
    rules: merged(rules),
  };
  const binding = {
    apiVersion: `${RBAC}/v1`,
    kind: `${kind}Binding`,
    metadata: { name, ...place },
    roleRef: { apiGroup: RBAC, kind, name },
    subjects: [subjectOf(identity)],
  };
  return [role, binding].map((object) => stringify(object)).join('---\n');
}

/** Each purpose has its own: applying one manifest must not take away what another one granted. */
function nameOf(rules: readonly AccessRule[]): string {
  const isAll = (test: (rule: AccessRule) => boolean) => rules.every(test);
  if (isAll(({ group }) => group === 'tap.linkerd.io')) return 'latchwork-tap';
  if (rules.some(({ resource }) => resource === 'pods/portforward')) return 'latchwork-forward';
  if (isAll(({ resource }) => resource === 'subjectaccessreviews')) return 'latchwork-reviews';
  if (isAll(({ resource }) => resource === 'events')) return 'latchwork-events';
  // Objects of policy are read one kind at a time, when somebody opens one.
  if (isAll(({ verb, group }) => verb === 'get' && POLICIES.includes(group)))
    return `latchwork-${rules[0]?.resource}`;
  return 'latchwork-read';
}

function merged(rules: readonly AccessRule[]): unknown[] {
  const byShape = Map.groupBy(rules, ({ group, resource }) => `${group} ${resource}`);
  const single = [...byShape.values()].map((same) => ({
    group: same[0]?.group ?? '',
    resource: same[0]?.resource ?? '',
    verbs: [...new Set(same.map(({ verb }) => verb))],
  }));
  return [...Map.groupBy(single, ({ group, verbs }) => `${group} ${verbs.join()}`).values()].map((same) => ({
    apiGroups: [same[0]?.group ?? ''],
    resources: [...new Set(same.map(({ resource }) => resource))],
    verbs: same[0]?.verbs ?? [],
  }));
}

function subjectOf(identity: Identity | null): unknown {
  const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(identity?.user ?? '');
  if (account) return { kind: 'ServiceAccount', namespace: account[1], name: account[2] };
  return { apiGroup: RBAC, kind: 'User', name: identity?.user ?? 'YOUR-USER' };
}
