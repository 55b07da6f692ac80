// Where Prometheus finds the proxies, with the labels that viz's scrape configuration would have given them.

import type { Pod } from './cluster.ts';
import { podLabels } from './pod-labels.ts';
import { ADMIN_PORT } from './ports.ts';
import type { FarCluster } from './scenario/scenario.ts';
import type { Scrapes } from './scrapes.ts';
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
export function httpSd(
  pods: readonly Pod[],
  { partOf, address, scrapes }: { partOf: string; address: string; scrapes: Scrapes },
): Target[] {
  return pods
    .filter((pod) => pod.meshed && scrapes.modeOf(pod) !== 'hidden')
    .map((pod) => ({
      targets: [address],
      labels: {
        __metrics_path__: pagePath(pod),
        job: 'linkerd-proxy',
        instance: `${pod.ip}:${ADMIN_PORT}`,
        ...(scrapes.labels === 'bare'
          ? {}
          : { namespace: pod.namespace, pod: pod.name, ...seriesLabels(podLabels(pod, partOf)) }),
      },
    }));
}

export const PROBES_PATH = /^\/controllers\/service-mirror\/([^/]+)\/metrics$/;

/** The controllers of the service mirror, one for each cluster that is linked. */
export function mirrorSd(address: string, clusters: readonly FarCluster[]): Target[] {
  return clusters.map(({ name }) => ({
    targets: [address],
    labels: {
      __metrics_path__: `/controllers/service-mirror/${name}/metrics`,
      job: 'linkerd-multicluster-controller',
      instance: `controller-${name}:9999`,
      namespace: 'linkerd-multicluster',
      component: 'controller',
    },
  }));
}

export const ISSUER_PATH = '/controllers/linkerd-identity/metrics';

/** The identity service's own page, beside that of its proxy. */
export function issuerSd(address: string): Target {
  return {
    targets: [address],
    labels: {
      __metrics_path__: ISSUER_PATH,
      job: 'linkerd-controller',
      instance: 'linkerd-identity:9990',
      namespace: 'linkerd',
      component: 'identity',
    },
  };
}
