// Where Prometheus finds the proxies, with the labels that viz's scrape configuration would have given them.

import type { Pod } from './cluster.ts';
import { ADMIN_PORT } from './ports.ts';
import { hashText } from './rng.ts';

export interface Target {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Path of a proxy's page on the one port that serves them all. */
function pagePath(pod: Pod): string {
  return `/proxies/${pod.namespace}/${pod.name}/metrics`;
}

function uid(text: string): string {
  const hex = [0, 1, 2, 3].map((i) => hashText(`${text}${i}`).toString(16).padStart(8, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function ownerLabels({ workload, name, hash }: Pod): Record<string, string> {
  const owner = workload.name;
  if (workload.kind === 'deployment') return { deployment: owner, pod_template_hash: hash };
  if (workload.kind === 'daemonset')
    return { daemonset: owner, controller_revision_hash: hash, pod_template_generation: '1' };
  if (workload.kind === 'statefulset')
    return {
      statefulset: owner,
      statefulset_kubernetes_io_pod_name: name,
      apps_kubernetes_io_pod_index: name.slice(owner.length + 1),
      controller_revision_hash: `${owner}-${hash}`,
    };
  return {
    k8s_job: owner,
    job_name: owner,
    batch_kubernetes_io_job_name: owner,
    controller_uid: uid(owner),
    batch_kubernetes_io_controller_uid: uid(owner),
  };
}

function podLabels({ workload }: Pod, partOf: string): Record<string, string> {
  const { infrastructure } = workload;
  if (!infrastructure)
    return {
      app: workload.name,
      app_kubernetes_io_name: workload.name,
      app_kubernetes_io_part_of: partOf,
    };
  return 'component' in infrastructure.label
    ? { ...infrastructure.label, extension: 'viz' }
    : { ...infrastructure.label };
}

/** `address` is the host and port that serves the pages. */
export function httpSd(pods: readonly Pod[], partOf: string, address: string): Target[] {
  return pods
    .filter(({ meshed }) => meshed)
    .map((pod) => ({
      targets: [address],
      labels: {
        __metrics_path__: pagePath(pod),
        job: 'linkerd-proxy',
        instance: `${pod.ip}:${ADMIN_PORT}`,
        namespace: pod.namespace,
        pod: pod.name,
        control_plane_ns: 'linkerd',
        workload_ns: pod.namespace,
        ...ownerLabels(pod),
        ...podLabels(pod, partOf),
      },
    }));
}
