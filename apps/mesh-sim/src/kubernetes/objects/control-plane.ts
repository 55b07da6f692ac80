// What Linkerd and its viz extension bring along besides workloads: Services, the policy around Prometheus, the tap API.

import { type Cluster, idOf } from '../../cluster.ts';
import { selectorLabels } from '../../pod-labels.ts';
import { type KubeObject, toMetadata } from '../kube-object.ts';
import { CA_BUNDLE } from './health.ts';
import { policyObject } from './policy.ts';
import type { ServiceShape } from './services.ts';
import type { Timeline } from './timeline.ts';

const VIZ = 'linkerd-viz';
const VIZ_LABELS = { 'linkerd.io/extension': 'viz' };

/** Name, workload behind it, port, and where that listens. */
const SERVICES: readonly (readonly [string, string, string, number, number])[] = [
  ['linkerd', 'linkerd-dst', 'linkerd-destination', 8086, 8086],
  ['linkerd', 'linkerd-policy', 'linkerd-destination', 8090, 8090],
  ['linkerd', 'linkerd-identity', 'linkerd-identity', 8080, 8080],
  [VIZ, 'prometheus', 'prometheus', 9090, 9090],
  [VIZ, 'tap', 'tap', 443, 8089],
];

export function controlPlaneServices(cluster: Cluster): ServiceShape[] {
  const own = SERVICES.flatMap(([namespace, name, behind, port, targetPort], index) => {
    const workload = cluster.scenario.workloads.find(
      (one) => one.namespace === namespace && one.name === behind,
    );
    if (!workload) return [];
    return [
      {
        namespace,
        name,
        type: 'ClusterIP' as const,
        clusterIp: `10.43.1.${index + 10}`,
        selector: selectorLabels(workload, cluster.scenario.name),
        portName: port === 443 ? 'apiserver' : port === 9090 ? 'admin' : 'grpc',
        port,
        targetPort,
        endpointPort: targetPort,
        pods: cluster.podsOf.get(idOf(workload)) ?? [],
        ...(namespace === VIZ ? { labels: VIZ_LABELS } : {}),
      },
    ];
  });
  return [
    ...own,
    {
      namespace: 'default',
      name: 'kubernetes',
      type: 'ClusterIP',
      clusterIp: '10.43.0.1',
      selector: null,
      portName: 'https',
      port: 443,
      targetPort: 6443,
      endpointPort: 6443,
      pods: [],
    },
  ];
}

/** Prometheus of viz lets in who is named here, and the kubelet. */
function prometheusPolicy(atMs: number): KubeObject[] {
  const made = { namespace: VIZ, atMs };
  return [
    policyObject('v1beta3', 'Server', 'prometheus-admin', made, {
      spec: {
        podSelector: { matchLabels: { ...VIZ_LABELS, component: 'prometheus' } },
        port: 'admin',
        proxyProtocol: 'HTTP/1',
      },
    }),
    policyObject('v1alpha1', 'AuthorizationPolicy', 'prometheus-admin', made, {
      spec: {
        targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'prometheus-admin' },
        requiredAuthenticationRefs: [{ kind: 'ServiceAccount', name: 'metrics-api', namespace: VIZ }],
      },
    }),
    policyObject('v1alpha1', 'NetworkAuthentication', 'kubelet', made, {
      spec: { networks: [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }] },
    }),
  ];
}

export function toControlPlane({ workloadsMs: atMs }: Timeline): KubeObject[] {
  const profile = `prometheus.${VIZ}.svc.cluster.local`;
  const ask = (method: string, pathRegex: string) => ({
    name: `${method} ${pathRegex}`,
    condition: { method, pathRegex },
  });
  return [
    ...prometheusPolicy(atMs),
    {
      apiVersion: 'linkerd.io/v1alpha2',
      kind: 'ServiceProfile',
      metadata: toMetadata({
        kind: 'ServiceProfile',
        namespace: VIZ,
        name: profile,
        atMs,
        labels: VIZ_LABELS,
      }),
      spec: { routes: [ask('POST', '/api/v1/query'), ask('GET', '/api/v1/query_range')] },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: toMetadata({
        kind: 'APIService',
        name: 'v1alpha1.tap.linkerd.io',
        atMs,
        labels: VIZ_LABELS,
      }),
      spec: {
        group: 'tap.linkerd.io',
        version: 'v1alpha1',
        groupPriorityMinimum: 1000,
        versionPriority: 100,
        service: { name: 'tap', namespace: VIZ, port: 443 },
        caBundle: CA_BUNDLE,
      },
      status: { conditions: [{ type: 'Available', status: 'True', reason: 'Passed' }] },
    },
  ];
}
