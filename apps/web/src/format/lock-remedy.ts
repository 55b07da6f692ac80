// Why an edge is not secured, in plain words: one remedy for each reason its proxies gave. Metrics alone fit several
// causes, so they are listed with how to tell them apart; only Kubernetes objects could name the one.

import type { Edge } from '@latchwork/shared/edge';
import type { LockReason } from '@latchwork/shared/lock';
import type { Node } from '@latchwork/shared/node';
import { parseNodeId } from '@latchwork/shared/node-id';
import { annotationsCommand, proxyColumnCommand, restartCommand, type WorkloadRef } from './kubectl.ts';
import type { Cause, Remedy } from './remedy.ts';

type Explanation = Omit<Remedy, 'reported' | 'share'>;

/** Heaviest reason first. `target` is null when the node is unknown. */
export function toLockRemedies(lock: Edge['lock'], target: Node | null): Remedy[] {
  return [...lock.reasons]
    .sort((a, b) => b.share - a.share || (a.reason < b.reason ? -1 : 1))
    .map((reason) => toLockRemedy(reason, target, (lock.securedShare ?? 0) > 0));
}

function toLockRemedy({ reason, share }: LockReason, target: Node | null, partly: boolean): Remedy {
  return { ...explain(reason, target, partly), reported: reason, share };
}

function explain(reason: string, target: Node | null, partly: boolean): Explanation {
  switch (reason) {
    case 'not_provided_by_service_discovery':
      return noIdentityFound(target, partly);
    case 'no_tls_from_remote':
      return callersWithoutMtls(target);
    case 'port_skipped':
      return portSkipped(target);
    case 'loopback':
      return {
        title: 'The pod calls itself',
        text: 'This traffic stays inside one pod, so nothing crosses the network and no mTLS is needed.',
        causes: [],
      };
    case 'ingress_without_override':
    case 'ingress_non_http':
      return ingressMode(reason);
    case 'not_http':
    case 'no_authority_in_http_request':
      return {
        title: 'An old proxy could not tell where this goes',
        text: 'Proxies up to 2.8 secure only HTTP with a host name. Newer ones secure all TCP.',
        causes: [],
      };
    case 'not_provided_by_remote':
      return callersWithoutMtls(target);
    case 'no_client_identity':
      return {
        title: 'TLS, but the caller showed no identity',
        text: 'The connection is encrypted by Linkerd, and nobody vouches for who is at its other end. The proxies themselves call the control plane so.',
        causes: [],
      };
    case 'opaque':
      return {
        title: "The application's own TLS",
        text: 'The connection is encrypted before the proxy sees it, so the mesh cannot tell who is at its other end.',
        causes: [],
      };
    case 'tls_label_missing':
      return {
        title: 'The label tls is missing',
        text: 'These series do not say whether they are encrypted: the scrape configuration drops the label, or the proxy is older than Linkerd 2.9.',
        causes: [],
      };
    case 'disabled':
      return {
        title: 'The proxy runs without an identity',
        text: 'Old proxies could be started without one. Since 2.12 every proxy has an identity, so an upgrade removes this.',
        causes: [],
      };
    default:
      return {
        title: 'Not secured',
        text: `The proxy gives a reason that this page has no advice for: ${reason || 'none at all'}.`,
        causes: [],
      };
  }
}

function noIdentityFound(target: Node | null, partly: boolean): Explanation {
  if (target?.type === 'external') return outsideTheMesh(target.id);
  if (target?.type === 'service') return handMadeEndpoints(target.namespace, target.name);
  const workload = target?.type === 'workload' ? target : null;
  const name = workload?.name ?? 'the target';
  if (!partly && workload?.meshed === false)
    return {
      title: `No proxy of ${name} is seen`,
      text: `The callers' proxies found no identity for its pods, and Prometheus has no metrics of a proxy there.`,
      causes: [noProxy(workload, `No pod of ${name} has a proxy`), skippedPort(workload)],
    };
  return {
    title: partly ? `Part of the calls to ${name} found no identity` : `Calls to ${name} found no identity`,
    text: partly
      ? `Some of the addresses behind ${name} did not offer mTLS, so this share went in plain text.`
      : `The addresses behind ${name} did not offer mTLS, although its proxy may be there.`,
    causes: workload
      ? [
          noProxy(workload, partly ? `Some pods of ${name} have no proxy` : `The called pods have no proxy`),
          skippedPort(workload),
          otherControlPlane(workload),
        ]
      : [],
  };
}

function noProxy(workload: WorkloadRef, what: string): Cause {
  const restart = restartCommand(workload);
  return {
    what,
    tell: 'The last column of this list is empty for a pod without a proxy.',
    fix: restart
      ? `Annotate the namespace with linkerd.io/inject: enabled where it is not; pods that started before that get a proxy when they are replaced: ${restart}`
      : 'Set the annotation linkerd.io/inject: enabled and let the pods be made again.',
    command: proxyColumnCommand(workload.namespace),
  };
}

function skippedPort(workload: WorkloadRef): Cause {
  return {
    what: 'The port skips the proxy',
    tell: 'Look for config.linkerd.io/skip-inbound-ports among the annotations of the pods, or of the namespace.',
    fix: 'List the port under config.linkerd.io/opaque-ports instead: the proxy then carries it with mTLS and leaves the protocol alone.',
    command: annotationsCommand(workload),
  };
}

function otherControlPlane(workload: WorkloadRef): Cause {
  return {
    what: 'Its proxy belongs to another control plane',
    tell: 'The last column of this list names a control plane that is not the one of the caller.',
    fix: 'Let one control plane inject both sides, or link the clusters.',
    command: proxyColumnCommand(workload.namespace),
  };
}

function outsideTheMesh(id: string): Explanation {
  const parts = parseNodeId(id);
  if (parts?.type === 'external' && parts.what === 'host' && parts.address.endsWith(':443'))
    return {
      title: 'It leaves the mesh on port 443',
      text: "No mTLS; may be the application's own TLS. The proxy passes it on unopened, so metrics cannot tell.",
      causes: [],
    };
  return {
    title: 'It leaves the mesh',
    text: 'Service discovery knows no pod behind this address, so there is no identity to speak mTLS with.',
    causes: [
      {
        what: 'A destination outside the cluster',
        tell: 'The address belongs to none of your pods or nodes.',
        fix: 'That is expected. Use TLS in the application; an EgressNetwork can say which destinations are allowed.',
        command: null,
      },
      {
        what: 'A pod called by an address that Linkerd does not watch',
        tell: 'The address shows up in this list.',
        fix: 'Call it by the name of its Service.',
        command: 'kubectl get pods -A -o wide',
      },
    ],
  };
}

function handMadeEndpoints(namespace: string, name: string): Explanation {
  return {
    title: 'The Service has endpoints that are no pods',
    text: `The addresses behind ${name} were written by hand or by a controller, and carry no identity.`,
    causes: [
      {
        what: 'Addresses outside the cluster behind a Service',
        tell: 'The endpoints of this list have no target pod.',
        fix: 'That is expected. Describe the destination as an ExternalWorkload with an identity, or use an EgressNetwork.',
        command: `kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${name} -o yaml`,
      },
    ],
  };
}

function callersWithoutMtls(target: Node | null): Explanation {
  const name = target?.type === 'workload' ? target.name : 'the target';
  return {
    title: 'These callers speak plain text',
    text: `They reach ${name} without an identity. Metrics count them together; Live shows the address of each request.`,
    causes: [
      {
        what: 'A load balancer or an ingress without a proxy',
        tell: "The source address in Live is a node's or the ingress pod's.",
        fix: 'Inject the ingress. What comes from outside the cluster stays plain, and should end in TLS at the edge.',
        command: null,
      },
      {
        what: 'A pod without a proxy',
        tell: "The source address in Live is a pod's, and the last column of its namespace's list is empty.",
        fix: 'Set linkerd.io/inject: enabled on its namespace and restart it.',
        command: 'kubectl get pods -A -o wide -L linkerd.io/control-plane-ns',
      },
      {
        what: 'A meshed caller that skips its proxy',
        tell: 'config.linkerd.io/skip-outbound-ports on the caller lists this port.',
        fix: 'Take the port off that list; mark it opaque if its protocol needs it.',
        command: null,
      },
      {
        what: 'Health checks of the kubelet under a route of your own',
        tell: 'A low and even rate from the node’s address, on the path of a probe.',
        fix: 'Nothing: the kubelet has no identity.',
        command: null,
      },
    ],
  };
}

function portSkipped(target: Node | null): Explanation {
  const name = target?.type === 'workload' ? target.name : 'the target';
  return {
    title: 'The port is opaque, and the caller came directly',
    text: `${name} treats this port as opaque, so it did not look for TLS on a connection that came without Linkerd's own transport.`,
    causes: [
      {
        what: 'A meshed caller that does not know that the port is opaque',
        tell: 'The Service lacks the annotation that the pods have.',
        fix: 'Set config.linkerd.io/opaque-ports on the Service too: its callers then use mTLS.',
        command:
          target?.type === 'workload'
            ? `kubectl -n ${target.namespace} get services -o custom-columns='NAME:.metadata.name,OPAQUE:.metadata.annotations.config\\.linkerd\\.io/opaque-ports'`
            : null,
      },
      {
        what: 'A caller without a proxy',
        tell: 'Live shows a source address with no meshed pod behind it.',
        fix: 'Inject the caller.',
        command: null,
      },
    ],
  };
}

function ingressMode(reason: string): Explanation {
  return {
    title: 'The proxy runs in ingress mode',
    text:
      reason === 'ingress_non_http'
        ? 'Proxies of 2.10 in ingress mode secure HTTP only.'
        : 'In ingress mode a request is secured only when it carries the header l5d-dst-override.',
    causes: [],
  };
}
