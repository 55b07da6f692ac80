// What policy turned away, by kind: what it means and where to look. A refusal is a decision, not a failure.

import type { Refused } from '@latchwork/shared/edge';
import type { Node, WorkloadNode } from '@latchwork/shared/node';
import type { PictureEdge } from '../picture.ts';
import { resourceName } from './kubectl.ts';
import { type Made, made } from './made.ts';

const KINDS = ['authorization', 'route', 'rateLimit', 'egress'] as const;
type Kind = (typeof KINDS)[number];

interface Meaning {
  readonly code: string;
  readonly what: string;
  readonly evidence: string;
  readonly remedy: string;
  readonly command: string;
}

/** Only kinds that were seen, the most frequent first. `where` is the edge, or the node whose callers nobody knows; `partly`: others got through. */
export function refusedFindings(
  refused: Refused | null,
  { where, target, partly }: { where: string; target: Node | null; partly: boolean },
): Made[] {
  return KINDS.filter((kind) => (refused?.[kind] ?? 0) > 0)
    .map((kind) => {
      const { what, ...meaning } = explain(kind, target);
      const place = target?.id ?? where;
      const cause = { key: `${meaning.code} ${place}`, where: place, what };
      return made('refused', { ...meaning, what, where, weight: refused?.[kind] ?? 0, partly, cause });
    })
    .sort((a, b) => (b.finding.weight ?? 0) - (a.finding.weight ?? 0));
}

/** Scraped apart, a number and its parts differ a little. */
const TOLERANCE = 0.05;

/** What a workload refused to callers that nobody could name. */
export function deniedNode(node: WorkloadNode, into: readonly PictureEdge[]): Made | null {
  const denied = node.denied ?? 0;
  const known = into.reduce(
    (sum, { edge: { refused } }) =>
      sum + (refused ? refused.authorization + refused.route + refused.rateLimit : 0),
    0,
  );
  if (denied === 0 || denied - known <= TOLERANCE * denied) return null;
  return made('refused', {
    code: 'refused-unnamed',
    where: node.id,
    weight: denied - known,
    partly: true,
    what: `${node.name} turns callers away`,
    evidence: 'Its policy refused these requests, and no caller fits them alone.',
    remedy: 'Its policies say who may call, how often, and which routes there are.',
    command: `linkerd authz -n ${node.namespace} ${resourceName(node)}`,
  });
}

function explain(kind: Kind, target: Node | null): Meaning {
  const workload = target?.type === 'workload' ? target : null;
  const name = workload?.name ?? 'the target';
  const inNamespace = workload ? `-n ${workload.namespace}` : '-A';
  switch (kind) {
    case 'authorization':
      return {
        code: 'refused-authorization',
        what: `${name} turns callers away`,
        evidence: `${name} is protected, and no rule lets this caller in: it gets 403, or gRPC 7.`,
        remedy:
          'If it is to be let in, add its service account to the MeshTLSAuthentication of the AuthorizationPolicy; if not, stop the calls.',
        command: workload
          ? `linkerd authz -n ${workload.namespace} ${resourceName(workload)}`
          : 'kubectl get authorizationpolicies.policy.linkerd.io -A',
      };
    case 'route':
      return {
        code: 'refused-route',
        what: `${name} has no route for some calls`,
        evidence: `${name} has routes, and none of them takes these requests: they get 404.`,
        remedy: 'Add a rule for them, or correct the path in the caller; Live shows the paths.',
        command: `kubectl ${inNamespace} get httproutes.policy.linkerd.io,httproutes.gateway.networking.k8s.io,grpcroutes.gateway.networking.k8s.io`,
      };
    case 'rateLimit':
      return {
        code: 'refused-rate-limit',
        what: `${name} is called above its rate limit`,
        evidence: `${name} takes only so many requests a second: the rest get 429.`,
        remedy: 'Raise the limit, or send less; the policy says the limit in total and for each identity.',
        command: `kubectl ${inNamespace} get httplocalratelimitpolicies.policy.linkerd.io -o yaml`,
      };
    case 'egress':
      return {
        code: 'refused-egress',
        what: 'Not allowed to leave',
        evidence:
          "An EgressNetwork denies this destination: the caller's own proxy answers 403, or closes the connection.",
        remedy:
          'Add a route that names the destination if the call is meant to be; if not, find out why it is made.',
        command: 'kubectl get egressnetworks.policy.linkerd.io -A -o yaml',
      };
  }
}
