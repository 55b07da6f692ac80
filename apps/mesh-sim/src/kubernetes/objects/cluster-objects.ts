// The whole cluster as Kubernetes would list it at this moment.

import { type Cluster, idOf } from '../../cluster.ts';
import type { World } from '../../world.ts';
import type { KubeObject } from '../kube-object.ts';
import { controlPlaneServices, toControlPlane } from './control-plane.ts';
import { toEvents } from './events.ts';
import { toHealthObjects } from './health.ts';
import { toLink } from './multicluster.ts';
import { toNamespace, toNodes, toServiceAccounts } from './places.ts';
import { toPod, toStillPod } from './pods.ts';
import { toEgressNetwork, toPolicy } from './policy.ts';
import { toRoutes } from './routes.ts';
import { serviceShapes, toEndpoints, toService } from './services.ts';
import { type Timeline, toTimeline } from './timeline.ts';
import { toWorkloads } from './workloads.ts';

export function toClusterObjects(world: World): KubeObject[] {
  const { cluster, startedAtMs } = world;
  const { scenario } = cluster;
  const timeline = toTimeline(startedAtMs);
  const services = [...serviceShapes(cluster), ...controlPlaneServices(cluster)];
  const objects = unique([
    ...scenario.namespaces.map((namespace) => toNamespace(namespace, timeline)),
    ...toNodes(timeline),
    ...toServiceAccounts(scenario, timeline),
    ...workloadObjects(cluster, timeline),
    ...cluster.pods.map((pod) => toPod(pod, world.lifeOf(pod), scenario)),
    ...services.flatMap((shape) => [toService(shape, timeline), ...toEndpoints(shape, timeline)]),
    ...scenario.workloads.flatMap((workload) => toPolicy(workload, scenario, timeline)),
    ...scenario.egressNetworks.map((network) => toEgressNetwork(network, timeline)),
    ...scenario.farClusters.map((far) => toLink(far, timeline)),
    ...toRoutes(cluster, timeline, world.switches),
    ...toControlPlane(timeline),
    ...toHealthObjects(scenario.version, timeline),
  ]);
  return [...objects, ...toEvents(objects.filter(({ kind }) => kind === 'Pod'))];
}

function workloadObjects(cluster: Cluster, timeline: Timeline): KubeObject[] {
  const { scenario } = cluster;
  return scenario.workloads.flatMap((workload) => {
    const still = workload.stillPods ?? [];
    const ready = cluster.podsOf.get(idOf(workload))?.length ?? 0;
    const wanted = ready + still.filter(({ phase }) => phase === 'Pending').length;
    return [
      ...toWorkloads(workload, { wanted, ready }, { scenario, timeline }),
      ...still.map((one, index) => toStillPod(workload, one, index, { scenario, timeline })),
    ];
  });
}

/** Two policies of one namespace may need the same authentication. */
function unique(objects: readonly KubeObject[]): KubeObject[] {
  return [...new Map(objects.map((object) => [object.metadata.uid, object])).values()];
}
