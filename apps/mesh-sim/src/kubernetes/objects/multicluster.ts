// Links to other clusters, as `linkerd multicluster link` writes them.

import type { FarCluster } from '../../scenario/scenario.ts';
import { type KubeObject, toMetadata, toTime } from '../kube-object.ts';
import type { Timeline } from './timeline.ts';

const NAMESPACE = 'linkerd-multicluster';

export function toLink({ name, gateway }: FarCluster, { workloadsMs }: Timeline): KubeObject {
  return {
    apiVersion: 'multicluster.linkerd.io/v1alpha3',
    kind: 'Link',
    metadata: toMetadata({ kind: 'Link', namespace: NAMESPACE, name, atMs: workloadsMs }),
    spec: {
      clusterCredentialsSecret: `cluster-credentials-${name}`,
      gatewayAddress: gateway.ip,
      gatewayIdentity: `linkerd-gateway.${NAMESPACE}.serviceaccount.identity.linkerd.cluster.local`,
      gatewayPort: String(gateway.port),
      probeSpec: { failureThreshold: '3', path: '/ready', period: '3s', port: '4191', timeout: '30s' },
      selector: { matchLabels: { 'mirror.linkerd.io/exported': 'true' } },
      targetClusterDomain: 'cluster.local',
      targetClusterLinkerdNamespace: 'linkerd',
      targetClusterName: name,
    },
    status: { mirrorServices: [], checkedAt: toTime(workloadsMs) },
  };
}
