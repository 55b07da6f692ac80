// Where Prometheus finds the proxies, with the labels that viz's scrape configuration would have given them.

import type { Pod } from './cluster.ts';
import { podLabels } from './pod-labels.ts';
import { ADMIN_PORT } from './ports.ts';
import type { Labels } from './selector.ts';

export interface Target {
  readonly targets: readonly string[];
  readonly labels: Labels;
}

/** Path of a proxy's page on the one port that serves them all. */
function pagePath(pod: Pod): string {
  return `/proxies/${pod.namespace}/${pod.name}/metrics`;
}

/** The labels of a pod under the names that they have in a series: Linkerd's own without their prefix. */
function seriesLabels(labels: Labels): Labels {
  return Object.fromEntries(
    Object.entries(labels).map(([name, value]) => [
      name
        .replace(/^linkerd\.io\/proxy-job$/, 'k8s_job')
        .replace(/^linkerd\.io\/(proxy-)?/, '')
        .replaceAll(/[^a-zA-Z0-9_]/g, '_'),
      value,
    ]),
  );
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
        ...seriesLabels(podLabels(pod, partOf)),
      },
    }));
}
