// Services with the addresses behind them, as Endpoints and as EndpointSlices.

import { type Cluster, type ClusterService, letters, NODES, type Pod } from '../../cluster.ts';
import { selectorLabels } from '../../pod-labels.ts';
import type { Labels } from '../../selector.ts';
import { uidOf } from '../../uid.ts';
import { type KubeObject, toMetadata } from '../kube-object.ts';
import { portName } from './containers.ts';
import type { Timeline } from './timeline.ts';

export interface ServiceShape {
  readonly namespace: string;
  readonly name: string;
  readonly type: 'ClusterIP' | 'LoadBalancer';
  readonly clusterIp: string;
  /** Null: it is told its addresses by hand. */
  readonly selector: Labels | null;
  readonly portName: string;
  readonly port: number;
  readonly targetPort: number | string;
  /** Where the endpoints listen. */
  readonly endpointPort: number;
  readonly pods: readonly Pod[];
  readonly labels?: Labels;
  readonly annotations?: Labels;
  /** Of what is behind it, where that is no pod. */
  readonly gateway?: { readonly ip: string; readonly port: number } | null;
}

/** The Services of the scenario; those that the mesh itself needs are `control-plane.ts`'s. */
export function serviceShapes(cluster: Cluster): ServiceShape[] {
  const { scenario } = cluster;
  const crowded = new Set(scenario.crowds.map(({ to }) => to));
  return [...cluster.services.values()].map((service) => {
    const workload = scenario.workloads.find(
      ({ namespace, name }) => namespace === service.namespace && name === (service.workload ?? service.name),
    );
    const named = workload ? portName(workload) : null;
    return {
      namespace: service.namespace,
      name: service.name,
      // Whoever comes from outside comes through here.
      type: crowded.has(service.key) ? 'LoadBalancer' : 'ClusterIP',
      clusterIp: service.clusterIp,
      selector: service.gateway
        ? null
        : workload
          ? selectorLabels(workload, scenario.name)
          : { app: service.name },
      ...mirrorMarks(service),
      portName: named ?? 'http',
      port: service.port,
      targetPort: named ?? 8080,
      endpointPort: service.targetPort,
      pods: service.pods,
    };
  });
}

/** As the service mirror marks what it makes. */
function mirrorMarks({ gateway, namespace }: ClusterService) {
  if (!gateway) return {};
  const { cluster, service, identity } = gateway;
  return {
    gateway,
    labels: { 'mirror.linkerd.io/cluster-name': cluster, 'mirror.linkerd.io/mirrored-service': 'true' },
    annotations: {
      'mirror.linkerd.io/remote-gateway-identity': identity,
      'mirror.linkerd.io/remote-svc-fq-name': `${service}.${namespace}.svc.cluster.local`,
    },
  };
}

export function toService(shape: ServiceShape, { workloadsMs }: Timeline): KubeObject {
  const { namespace, name, type, clusterIp, selector, port, targetPort, labels, annotations } = shape;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: toMetadata({
      kind: 'Service',
      namespace,
      name,
      atMs: workloadsMs,
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
    }),
    spec: {
      type,
      clusterIP: clusterIp,
      clusterIPs: [clusterIp],
      ipFamilies: ['IPv4'],
      ...(selector ? { selector } : {}),
      ports: [{ name: shape.portName, port, targetPort, protocol: 'TCP' }],
    },
    status: { loadBalancer: type === 'LoadBalancer' ? { ingress: [{ ip: '198.51.100.2' }] } : {} },
  };
}

function targetRef({ namespace, name, generation }: Pod): object {
  const uid = uidOf('Pod', namespace, generation > 0 ? `${name}#${generation}` : name);
  return { kind: 'Pod', namespace, name, uid };
}

function nodeName({ zone }: Pod): string {
  return NODES.find((node) => node.zone === zone)?.name ?? '';
}

export function toEndpoints(shape: ServiceShape, { workloadsMs }: Timeline): KubeObject[] {
  const { namespace, name, pods, gateway } = shape;
  const ports = [{ name: shape.portName, port: gateway?.port ?? shape.endpointPort, protocol: 'TCP' }];
  const addresses = gateway
    ? [{ ip: gateway.ip }]
    : pods.map((pod) => ({
        ip: pod.ip,
        nodeName: nodeName(pod),
        targetRef: targetRef(pod),
      }));
  return [
    {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: toMetadata({ kind: 'Endpoints', namespace, name, atMs: workloadsMs }),
      ...(addresses.length > 0 ? { subsets: [{ addresses, ports }] } : {}),
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: toMetadata({
        kind: 'EndpointSlice',
        namespace,
        name: `${name}-${letters(`${namespace}/${name}/slice`, 5)}`,
        atMs: workloadsMs,
        labels: { 'kubernetes.io/service-name': name },
        owner: { apiVersion: 'v1', kind: 'Service', name },
      }),
      addressType: 'IPv4',
      ports,
      endpoints: pods.map((pod) => ({
        addresses: [pod.ip],
        conditions: { ready: true, serving: true, terminating: false },
        nodeName: nodeName(pod),
        zone: pod.zone,
        targetRef: targetRef(pod),
      })),
    },
  ];
}
