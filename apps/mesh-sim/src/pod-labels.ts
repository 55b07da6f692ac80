// Labels of pods as Kubernetes has them: those of the template, of whoever made the pod, and of Linkerd's injector.

import type { Pod } from './cluster.ts';
import type { Workload } from './scenario/scenario.ts';
import { teamLabels } from './scenario/team-labels.ts';
import type { Labels } from './selector.ts';
import { uidOf } from './uid.ts';

export function templateLabels(workload: Workload, partOf: string): Labels {
  const { name, infrastructure } = workload;
  if (!infrastructure)
    return {
      app: name,
      'app.kubernetes.io/name': name,
      'app.kubernetes.io/part-of': partOf,
      ...teamLabels(workload),
    };
  const { label } = infrastructure;
  return 'component' in label
    ? {
        component: label.component,
        'linkerd.io/extension': label.extension ?? 'viz',
        ...(label.mirrors ? { 'mirror.linkerd.io/cluster-name': label.mirrors } : {}),
      }
    : {
        'linkerd.io/control-plane-component': label.control_plane_component,
        'linkerd.io/control-plane-ns': 'linkerd',
      };
}

export function selectorLabels(workload: Workload, partOf: string): Labels {
  const { app, ...others } = templateLabels(workload, partOf);
  return app ? { app } : others;
}

export function jobLabels(namespace: string, job: string): Labels {
  const uid = uidOf('Job', namespace, job);
  return {
    'job-name': job,
    'batch.kubernetes.io/job-name': job,
    'controller-uid': uid,
    'batch.kubernetes.io/controller-uid': uid,
  };
}

function makerLabels({ workload, name, hash }: Pod): Labels {
  if (workload.kind === 'deployment') return { 'pod-template-hash': hash };
  if (workload.kind === 'daemonset')
    return { 'controller-revision-hash': hash, 'pod-template-generation': '1' };
  if (workload.kind === 'statefulset')
    return {
      'statefulset.kubernetes.io/pod-name': name,
      'apps.kubernetes.io/pod-index': name.slice(workload.name.length + 1),
      'controller-revision-hash': `${workload.name}-${hash}`,
    };
  return workload.kind === 'job' ? jobLabels(workload.namespace, workload.name) : {};
}

/** What tells that a pod has a proxy, and whose. */
export function injectedLabels({ namespace, kind, name }: Workload): Labels {
  return {
    'linkerd.io/control-plane-ns': 'linkerd',
    'linkerd.io/workload-ns': namespace,
    [`linkerd.io/proxy-${kind}`]: name,
  };
}

export function podLabels(pod: Pod, partOf: string): Labels {
  return {
    ...templateLabels(pod.workload, partOf),
    ...makerLabels(pod),
    ...(pod.meshed ? injectedLabels(pod.workload) : {}),
  };
}
