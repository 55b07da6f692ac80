// What guards a listener, as Linkerd's resources: under the names that proxies print in `srv_name`, `route_name` and `authz_name`.

import { selectorLabels } from '../../pod-labels.ts';
import type { EgressNetwork, Policy, Scenario, Workload } from '../../scenario/scenario.ts';
import { type KubeObject, toMetadata } from '../kube-object.ts';
import { portName } from './containers.ts';
import { acceptedCondition, acceptedParent, pathMatch } from './route-parts.ts';
import type { Timeline } from './timeline.ts';

const GROUP = 'policy.linkerd.io';
const ANY_MESHED = 'any-meshed';

interface Made {
  readonly namespace: string;
  readonly atMs: number;
}

export function policyObject(
  version: 'v1alpha1' | 'v1beta3',
  kind: string,
  name: string,
  { namespace, atMs }: Made,
  more: object,
): KubeObject {
  return {
    apiVersion: `${GROUP}/${version}`,
    kind,
    metadata: toMetadata({ kind, namespace, name, atMs }),
    ...more,
  };
}

function authorization(
  name: string,
  target: { kind: string; name: string },
  authentication: string,
  made: Made,
): KubeObject {
  return policyObject('v1alpha1', 'AuthorizationPolicy', name, made, {
    spec: {
      targetRef: { group: GROUP, ...target },
      requiredAuthenticationRefs: [{ group: GROUP, kind: 'MeshTLSAuthentication', name: authentication }],
    },
  });
}

function account(text: string): object {
  const dot = text.lastIndexOf('.');
  return { kind: 'ServiceAccount', name: text.slice(0, dot), namespace: text.slice(dot + 1) };
}

function guards(policy: Policy, made: Made): KubeObject[] {
  const server = { kind: 'Server', name: policy.server };
  if (policy.type === 'callers')
    return [
      authorization(policy.name, server, policy.name, made),
      policyObject('v1alpha1', 'MeshTLSAuthentication', policy.name, made, {
        spec: { identityRefs: policy.allow.map(account) },
      }),
    ];
  if (policy.type === 'rate')
    return [
      policyObject('v1alpha1', 'HTTPLocalRateLimitPolicy', policy.name, made, {
        spec: {
          targetRef: { group: GROUP, ...server },
          identity: { requestsPerSecond: policy.perIdentityRps },
        },
        status: { conditions: [acceptedCondition(made.atMs)] },
      }),
    ];
  return [
    policyObject('v1alpha1', 'MeshTLSAuthentication', ANY_MESHED, made, { spec: { identities: ['*'] } }),
    ...policy.routes.flatMap(({ name, asks }) => [
      policyObject('v1beta3', 'HTTPRoute', name, made, {
        spec: { parentRefs: [{ group: GROUP, ...server }], rules: [{ matches: asks.map(pathMatch) }] },
        status: acceptedParent({ group: GROUP, ...server, namespace: made.namespace }, made.atMs),
      }),
      authorization(name, { kind: 'HTTPRoute', name }, ANY_MESHED, made),
    ]),
  ];
}

export function toPolicy(workload: Workload, scenario: Scenario, { workloadsMs }: Timeline): KubeObject[] {
  const policy = workload.listener?.policy;
  if (!policy) return [];
  const made = { namespace: workload.namespace, atMs: workloadsMs };
  const server = policyObject('v1beta3', 'Server', policy.server, made, {
    spec: {
      podSelector: { matchLabels: selectorLabels(workload, scenario.name) },
      port: portName(workload),
      proxyProtocol: 'HTTP/1',
      // A limit alone lets nobody in.
      ...(policy.type === 'rate' ? { accessPolicy: 'all-unauthenticated' } : {}),
    },
  });
  return [server, ...guards(policy, made)];
}

export function toEgressNetwork(
  { namespace, name, allow }: EgressNetwork,
  { workloadsMs }: Timeline,
): KubeObject {
  const made = { namespace, atMs: workloadsMs };
  return policyObject('v1alpha1', 'EgressNetwork', name, made, {
    spec: { trafficPolicy: allow ? 'Allow' : 'Deny' },
    status: { conditions: [acceptedCondition(workloadsMs)] },
  });
}
