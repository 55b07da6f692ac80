// What policy turned away, by kind: what it means and where to look. A refusal is a decision, not a failure.

import type { Refused } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import { resourceName } from './kubectl.ts';
import type { Remedy } from './remedy.ts';

const REFUSED_KINDS = ['authorization', 'route', 'rateLimit', 'egress'] as const;
type RefusedKind = (typeof REFUSED_KINDS)[number];

/** `rps`: requests a second that were refused for this reason. */
export interface RefusedRemedy extends Remedy {
  kind: RefusedKind;
  rps: number;
}

/** Only kinds that were seen, the most frequent first. */
export function toRefusedRemedies(refused: Refused | null, target: Node | null): RefusedRemedy[] {
  if (refused === null) return [];
  return REFUSED_KINDS.filter((kind) => refused[kind] > 0)
    .map((kind) => ({ ...explain(kind, target), kind, rps: refused[kind] }))
    .sort((a, b) => b.rps - a.rps);
}

function explain(kind: RefusedKind, target: Node | null): Remedy {
  const workload = target?.type === 'workload' ? target : null;
  const name = workload?.name ?? 'The target';
  const inNamespace = workload ? `-n ${workload.namespace}` : '-A';
  switch (kind) {
    case 'authorization':
      return remedy(
        'Refused by authorization',
        `${name} is protected, and no rule lets this caller in. It gets 403, or gRPC 7.`,
        {
          what: 'The caller is not on the list',
          tell: 'This lists who may call, and under which rule.',
          fix: 'If it should be let in, add its service account to the MeshTLSAuthentication of the AuthorizationPolicy. If not, stop the calls.',
          command: workload
            ? `linkerd authz -n ${workload.namespace} ${resourceName(workload)}`
            : 'kubectl get authorizationpolicies.policy.linkerd.io -A',
        },
      );
    case 'route':
      return remedy(
        'No route matches',
        `${name} has routes, and none of them takes these requests. They get 404.`,
        {
          what: 'A path or a method that no route lists',
          tell: 'Compare the paths in Live with the rules of the routes.',
          fix: 'Add a rule for them, or correct the path in the caller.',
          command: `kubectl ${inNamespace} get httproutes.policy.linkerd.io,httproutes.gateway.networking.k8s.io,grpcroutes.gateway.networking.k8s.io`,
        },
      );
    case 'rateLimit':
      return remedy(
        'Above the rate limit',
        `${name} takes only so many requests a second. The rest get 429.`,
        {
          what: 'The caller sends more than its share, or the limit is too low',
          tell: 'The policy says the limit: in total, for each identity, and the exceptions.',
          fix: 'Raise the limit, or send less.',
          command: `kubectl ${inNamespace} get httplocalratelimitpolicies.policy.linkerd.io -o yaml`,
        },
      );
    case 'egress':
      return remedy(
        'Not allowed to leave',
        "An EgressNetwork denies this destination. The caller's own proxy answers with 403, or closes the connection.",
        {
          what: 'No route of the EgressNetwork allows the destination',
          tell: 'Its traffic policy is Deny, and no HTTPRoute, TLSRoute or TCPRoute names the destination.',
          fix: 'Add such a route if the call is meant to be. If not, find out why it is made.',
          command: 'kubectl get egressnetworks.policy.linkerd.io -A -o yaml',
        },
      );
  }
}

function remedy(title: string, text: string, cause: Remedy['causes'][number]): Remedy {
  return { title, text, causes: [cause], reported: null, share: null };
}
