// Why a target is called without encryption: its addresses offered no identity.

import type { Node } from '@latchwork/shared/node';
import { parseNodeId } from '@latchwork/shared/node-id';
import type { PossibleCause } from '@latchwork/shared/problems/finding';
import { annotationsCommand, type Named, proxyColumnCommand, restartCommand } from './kubectl.ts';
import type { Explanation } from './lock-explanation.ts';

export function noIdentityFound(target: Node | null, partly: boolean): Explanation {
  if (target?.type === 'external') return outsideTheMesh(target.id);
  if (target?.type === 'service') return handMadeEndpoints(target.namespace, target.name);
  const workload = target?.type === 'workload' ? target : null;
  const name = workload?.name ?? 'the target';
  if (!partly && workload?.meshed === false)
    return {
      what: `No proxy of ${name} is seen`,
      evidence: `The callers' proxies found no identity for its pods, and Prometheus has no metrics of a proxy there.`,
      remedy: `See that the pods of ${name} have a proxy.`,
      causes: [noProxy(workload, `No pod of ${name} has a proxy`), skippedPort(workload)],
    };
  return {
    what: partly ? `Part of the calls to ${name} found no identity` : `Calls to ${name} found no identity`,
    evidence: partly
      ? `Some of the addresses behind ${name} did not offer mTLS, so this share went in plain text.`
      : `The addresses behind ${name} did not offer mTLS, although its proxy may be there.`,
    remedy: `See that every pod of ${name} has a proxy, and that the port does not skip it.`,
    causes: workload
      ? [
          noProxy(workload, partly ? `Some pods of ${name} have no proxy` : `The called pods have no proxy`),
          skippedPort(workload),
          otherControlPlane(workload),
        ]
      : [],
  };
}

function noProxy(workload: Named, what: string): PossibleCause {
  const restart = restartCommand(workload);
  return {
    what,
    tell: 'The last column of this list is empty for a pod without a proxy.',
    remedy: restart
      ? `Annotate the namespace with linkerd.io/inject: enabled where it is not; pods that started before that get a proxy when they are replaced: ${restart}`
      : 'Set the annotation linkerd.io/inject: enabled and let the pods be made again.',
    command: proxyColumnCommand(workload.namespace),
  };
}

function skippedPort(workload: Named): PossibleCause {
  return {
    what: 'The port skips the proxy',
    tell: 'Look for config.linkerd.io/skip-inbound-ports among the annotations of the pods, or of the namespace.',
    remedy:
      'List the port under config.linkerd.io/opaque-ports instead: the proxy then carries it with mTLS and leaves the protocol alone.',
    command: annotationsCommand(workload),
  };
}

function otherControlPlane(workload: Named): PossibleCause {
  return {
    what: 'Its proxy belongs to another control plane',
    tell: 'The last column of this list names a control plane that is not the one of the caller.',
    remedy: 'Let one control plane inject both sides, or link the clusters.',
    command: proxyColumnCommand(workload.namespace),
  };
}

function outsideTheMesh(id: string): Explanation {
  const parts = parseNodeId(id);
  if (parts?.type === 'external' && parts.what === 'host' && parts.address.endsWith(':443'))
    return {
      what: 'It leaves the mesh on port 443',
      evidence:
        "No mTLS; may be the application's own TLS. The proxy passes it on unopened, so metrics cannot tell.",
      remedy: 'Nothing, where the application speaks TLS itself.',
      causes: [],
    };
  return {
    what: 'It leaves the mesh',
    evidence:
      'Service discovery knows no pod behind this address, so there is no identity to speak mTLS with.',
    remedy: 'Use TLS in the application; an EgressNetwork can say which destinations are allowed.',
    causes: [
      {
        what: 'A destination outside the cluster',
        tell: 'The address belongs to none of your pods or nodes.',
        remedy:
          'That is expected. Use TLS in the application; an EgressNetwork can say which destinations are allowed.',
        command: null,
      },
      {
        what: 'A pod called by an address that Linkerd does not watch',
        tell: 'The address shows up in this list.',
        remedy: 'Call it by the name of its Service.',
        command: 'kubectl get pods -A -o wide',
      },
    ],
  };
}

function handMadeEndpoints(namespace: string, name: string): Explanation {
  return {
    what: 'The Service has endpoints that are no pods',
    evidence: `The addresses behind ${name} were written by hand or by a controller, and carry no identity.`,
    remedy: 'Describe the destination as an ExternalWorkload with an identity, or use an EgressNetwork.',
    causes: [
      {
        what: 'Addresses outside the cluster behind a Service',
        tell: 'The endpoints of this list have no target pod.',
        remedy:
          'That is expected. Describe the destination as an ExternalWorkload with an identity, or use an EgressNetwork.',
        command: `kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${name} -o yaml`,
      },
    ],
  };
}
