// Why callers come without encryption: they have no identity, or do not know that the port is opaque.

import type { Node } from '@latchwork/shared/node';
import type { Explanation } from './lock-explanation.ts';

export function callersWithoutMtls(target: Node | null): Explanation {
  const name = target?.type === 'workload' ? target.name : 'the target';
  return {
    what: `${name} is called in the clear`,
    evidence: `Its callers have no identity. Metrics count them together; Live shows the address of each request.`,
    remedy: 'Mesh the callers, or accept it where users come in from outside.',
    causes: [
      {
        what: 'A load balancer or an ingress without a proxy',
        tell: "The source address in Live is a node's or the ingress pod's.",
        remedy:
          'Inject the ingress. What comes from outside the cluster stays plain, and should end in TLS at the edge.',
        command: null,
      },
      {
        what: 'A pod without a proxy',
        tell: "The source address in Live is a pod's, and the last column of its namespace's list is empty.",
        remedy: 'Set linkerd.io/inject: enabled on its namespace and restart it.',
        command: 'kubectl get pods -A -o wide -L linkerd.io/control-plane-ns',
      },
      {
        what: 'A meshed caller that skips its proxy',
        tell: 'config.linkerd.io/skip-outbound-ports on the caller lists this port.',
        remedy: 'Take the port off that list; mark it opaque if its protocol needs it.',
        command: null,
      },
      {
        what: 'Health checks of the kubelet under a route of your own',
        tell: 'A low and even rate from the node’s address, on the path of a probe.',
        remedy: 'Nothing: the kubelet has no identity.',
        command: null,
      },
    ],
  };
}

export function portSkipped(target: Node | null): Explanation {
  const name = target?.type === 'workload' ? target.name : 'the target';
  return {
    what: 'The port is opaque, and the caller came directly',
    evidence: `${name} treats this port as opaque, so it did not look for TLS on a connection that came without Linkerd's own transport.`,
    remedy: 'Set config.linkerd.io/opaque-ports on the Service too: its callers then use mTLS.',
    causes: [
      {
        what: 'A meshed caller that does not know that the port is opaque',
        tell: 'The Service lacks the annotation that the pods have.',
        remedy: 'Set config.linkerd.io/opaque-ports on the Service too: its callers then use mTLS.',
        command:
          target?.type === 'workload'
            ? `kubectl -n ${target.namespace} get services -o custom-columns='NAME:.metadata.name,OPAQUE:.metadata.annotations.config\\.linkerd\\.io/opaque-ports'`
            : null,
      },
      {
        what: 'A caller without a proxy',
        tell: 'Live shows a source address with no meshed pod behind it.',
        remedy: 'Inject the caller.',
        command: null,
      },
    ],
  };
}
