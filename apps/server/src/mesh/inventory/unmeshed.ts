// Why a pod has no proxy, from what the pod, its workload and its namespace say.

import type { Injection } from '@latchwork/shared/inventory';
import type { Finding } from '@latchwork/shared/problems/finding';
import type { NamespaceObject, PodObject, WorkloadObject } from '../../sources/kubernetes/watch/objects.ts';
import { toFinding } from '../findings/finding.ts';
import { restartCommand } from '../findings/kubectl.ts';
import { injectionOf } from './injection.ts';
import type { WorkloadRef } from './owners.ts';
import { controlPlaneOf } from './proxy.ts';

export interface UnmeshedContext {
  /** The namespace of the control plane that counts; null when none is known. */
  readonly home: string | null;
  readonly workload: WorkloadRef;
  /** Null: it cannot be seen. */
  readonly namespace: NamespaceObject | null;
  /** The top of the owner chain; null when it is not known. */
  readonly template: WorkloadObject | null;
  /** Pods of the same workload that have a proxy. */
  readonly meshedSiblings: readonly PodObject[];
}

const EXCLUDED_LABEL = 'config.linkerd.io/admission-webhooks';

export function whyUnmeshed(pod: PodObject, context: UnmeshedContext): Finding {
  const { home, workload, namespace, template } = context;
  const own = injectionOf(pod.meta.annotations);
  const wider = namespace ? injectionOf(namespace.meta.annotations) : 'unset';
  const place = pod.meta.namespace;
  const controlPlane = controlPlaneOf(pod);
  if (controlPlane !== null)
    return finding(
      'other-control-plane',
      `Its proxy belongs to the control plane in namespace ${controlPlane}, not ${home}.`,
      {
        remedy:
          'Let one control plane inject both sides: two of them share no identities unless they share a trust anchor.',
      },
    );
  if (pod.hostNetwork)
    return finding('host-network', 'It uses the network of its node, and Linkerd injects no proxy there.', {
      remedy:
        'Take hostNetwork out of the pod if it can do without; else its traffic stays outside the mesh.',
    });
  if (own === 'disabled')
    return finding('opted-out', 'Its annotation linkerd.io/inject says disabled.', {
      remedy: 'Remove that annotation from the pod template if the pod should be in the mesh.',
      command: describe(workload),
    });
  if (namespace?.meta.labels[EXCLUDED_LABEL] === 'disabled' || place === 'kube-system')
    return finding('namespace-excluded', `Linkerd's injector does not look at namespace ${place}.`, {
      remedy: `Move the workload to another namespace${place === 'kube-system' ? '' : `, or remove the label ${EXCLUDED_LABEL}`}.`,
    });
  if (own === 'unset' && wider === 'disabled')
    return finding('opted-out', `Namespace ${place} has the annotation linkerd.io/inject: disabled.`, {
      remedy:
        'Annotate the workload itself, or change the annotation of the namespace; then restart the workload.',
      command: `kubectl annotate namespace ${place} linkerd.io/inject=enabled --overwrite`,
    });
  if (own === 'unset' && namespace === null)
    return finding('unknown', `Whether namespace ${place} asks for a proxy cannot be seen.`, {
      remedy: 'Grant the verbs list and watch on namespaces to the identity in use.',
    });
  if (own === 'unset' && wider === 'unset') return notAsked(template, workload, place);
  return asked(pod, own, context);
}

function notAsked(template: WorkloadObject | null, workload: WorkloadRef, place: string): Finding {
  const wanted = template ? injectionOf(template.templateAnnotations) : 'unset';
  if (wanted === 'enabled' || wanted === 'ingress')
    return finding('started-before', 'The pod is older than the annotation of its workload.', {
      remedy: 'Restart the workload: its new pods get a proxy.',
      command: restartCommand(workload),
    });
  return finding('not-asked', 'Neither its namespace nor the pod asks for a proxy.', {
    remedy: `Set the annotation linkerd.io/inject: enabled on namespace ${place} or on the workload, and restart it.`,
    command: `kubectl annotate namespace ${place} linkerd.io/inject=enabled`,
  });
}

/** Someone asks for a proxy. Either the pod is older than that, or the injector did not answer when it was made. */
function asked(
  pod: PodObject,
  own: Injection,
  { workload, namespace, meshedSiblings }: UnmeshedContext,
): Finding {
  const remedy = {
    remedy: 'Restart the workload: its new pods get a proxy.',
    command: restartCommand(workload),
  };
  const missed = (proof: string): Finding =>
    finding(
      'injector-missed',
      `It asked for a proxy and got none: ${proof}, so the proxy injector did not answer then.`,
      {
        remedy: `See that the injector runs, then restart the workload.`,
        command: restartCommand(workload),
      },
    );
  if (own !== 'unset') return missed('the annotation is on the pod itself');
  const createdMs = Date.parse(pod.meta.createdAt);
  const knownMs = Date.parse(namespace?.injectKnownAt ?? '');
  if (createdMs > knownMs) return missed('its namespace had the annotation already');
  if (meshedSiblings.some(({ meta }) => Date.parse(meta.createdAt) <= createdMs))
    return missed('another pod of the workload, no younger, has one');
  if (createdMs <= knownMs)
    return finding(
      'started-before',
      `The pod is older than the annotation of namespace ${pod.meta.namespace}.`,
      remedy,
    );
  return finding(
    'started-before-or-missed',
    'Its namespace asks for a proxy. The pod is older than that annotation, or the proxy injector did not answer when it was made.',
    remedy,
  );
}

function describe({ namespace, kind, name }: WorkloadRef): string {
  return `kubectl -n ${namespace} get ${kind}/${name} -o yaml`;
}

function finding(code: string, what: string, more: { remedy: string; command?: string | null }): Finding {
  return toFinding({ code, what, ...more });
}
