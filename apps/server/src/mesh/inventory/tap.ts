// Why the requests of a pod cannot be watched; nothing when they can.

import type { Finding } from '@latchwork/shared/problems/finding';
import type { NamespaceObject, PodObject } from '../../sources/kubernetes/watch/objects.ts';
import { toFinding } from '../findings/finding.ts';
import { restartCommand } from '../findings/kubectl.ts';
import type { WorkloadRef } from './owners.ts';

const DISABLE = 'viz.linkerd.io/disable-tap';
const ENABLED = 'viz.linkerd.io/tap-enabled';

export interface TapContext {
  readonly meshed: boolean;
  readonly workload: WorkloadRef;
  readonly namespace: NamespaceObject | null;
  /** Null: viz is not installed, or cannot be seen. */
  readonly viz: string | null;
  readonly seesViz: boolean;
}

export function whyNotTapped(
  pod: PodObject,
  { meshed, workload, namespace, viz, seesViz }: TapContext,
): Finding | null {
  const { annotations } = pod.meta;
  if (!meshed)
    return toFinding({
      code: 'not-meshed',
      what: 'It has no proxy, and only proxies can be tapped.',
      remedy: 'Bring the pod into the mesh, or tap the meshed workloads that call it.',
    });
  if (annotations[DISABLE] === 'true')
    return toFinding({
      code: 'disabled',
      what: `Tap is switched off by the annotation ${DISABLE}.`,
      remedy: 'Remove the annotation if its requests may be watched, and restart the workload.',
    });
  if (annotations[ENABLED] === 'true') return null;
  if (namespace?.meta.annotations[DISABLE] === 'true')
    return toFinding({
      code: 'namespace-disabled',
      what: `Namespace ${pod.meta.namespace} switches tap off for its new pods.`,
      remedy: `Remove the annotation ${DISABLE} of the namespace, and restart the workload.`,
    });
  if (viz === null && !seesViz)
    return toFinding({
      code: 'viz-unknown',
      what: "Nothing on the pod says that it can be tapped, and whether Linkerd's viz extension is there cannot be seen.",
      remedy: 'If viz is installed, restart the workload: its new pods can be tapped.',
      command: restartCommand(workload),
    });
  if (viz === null)
    return toFinding({
      code: 'no-viz',
      what: "Linkerd's viz extension, which serves tap, is not there.",
      remedy: 'Install it, then restart the workload.',
      command: 'linkerd viz install | kubectl apply -f -',
    });
  return toFinding({
    code: 'not-enabled',
    what: 'The pod is older than the viz extension, or its tap injector did not answer when the pod was made.',
    remedy: 'Restart the workload: its new pods can be tapped.',
    command: restartCommand(workload),
  });
}
