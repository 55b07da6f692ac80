// What is traffic of the mesh's own upkeep (truth rule 10): probes, scrapes, tap, Linkerd's own namespaces.

import type { Labels } from '../sources/prometheus/sample.ts';

/** Which rows are joined: those without noise, all, or the noise alone, once all others are. */
export type NoiseRows = 'hide' | 'show' | 'only';

/** Scrapes of a proxy arrive at 4191, taps at 4190. Some builds leave `target_port` out. */
export function isUpkeepPort({ target_port: target, srv_port: server }: Labels): boolean {
  const port = target || server;
  return port === '4190' || port === '4191';
}

/** kubelet has no identity: whoever asks for a probe's path with one is a real client. */
function isProbe({ route_name: route, authz_name: authorization, tls }: Labels): boolean {
  return (route === 'probe' || authorization === 'probe') && tls !== 'true';
}

/** Whether an inbound series counts what no user of the mesh sent. */
export function isNoise(labels: Labels): boolean {
  return isUpkeepPort(labels) || isProbe(labels);
}

/** Whether the pod behind this series is a part of Linkerd. */
export function isInfrastructure({ control_plane_component: component, extension }: Labels): boolean {
  return Boolean(component) || extension === 'viz';
}
