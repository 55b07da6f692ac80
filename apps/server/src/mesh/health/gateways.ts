// The gateways of other clusters: the links that Kubernetes knows first, then what the probes of their mirrors measured.

import type { Gateway } from '@latchwork/shared/health/checks';
import { isPodReady } from './control-pods.ts';
import { type HealthView, read } from './health-view.ts';
import { EVERYWHERE, watched } from './watched.ts';

/** Null where links cannot be read; empty without the extension. */
export function toGateways(view: HealthView): Gateway[] | null {
  const links = read(view, (objects) => objects.links);
  if (links.state === 'untold') return null;
  if (links.state === 'absent') return [];
  const services = watched(view, 'services', EVERYWHERE);
  const facts = view.facts.state === 'known' ? view.facts.value : null;
  return links.value.map((link) => {
    const of = (fact: string) =>
      facts?.of(fact).find(({ labels }) => labels['target_cluster_name'] === link.cluster)?.value ?? null;
    const alive = of('gatewayAlive');
    const pods = watched(view, 'pods', [link.namespace]);
    const isOfCluster = (labels: Readonly<Record<string, string>>) =>
      labels['mirror.linkerd.io/cluster-name'] === link.cluster;
    const mirrors = pods.state === 'known' ? pods.value.filter(({ meta }) => isOfCluster(meta.labels)) : null;
    return {
      name: link.name,
      namespace: link.namespace,
      cluster: link.cluster,
      address: link.gatewayAddress === '' ? null : `${link.gatewayAddress}:${link.gatewayPort}`,
      identity: link.gatewayIdentity || null,
      // On flat networks it is switched off, and 0 for ever.
      alive: alive === null || of('gatewayEnabled') === 0 ? null : alive > 0,
      probesPerSecond: of('gatewayProbes'),
      latencyP50Ms: of('gatewayP50'),
      latencyP95Ms: of('gatewayP95'),
      services:
        services.state === 'known'
          ? services.value.filter(
              ({ meta }) =>
                isOfCluster(meta.labels) && meta.labels['mirror.linkerd.io/mirrored-service'] === 'true',
            ).length
          : null,
      serviceMirror:
        mirrors === null ? null : { ready: mirrors.filter(isPodReady).length, pods: mirrors.length },
    };
  });
}
