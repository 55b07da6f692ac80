// The groups of labels that families share, each as text in the order in which a proxy prints it.

import type { PolicyName } from '../admission.ts';
import type { ClusterService, Pod } from '../cluster.ts';
import type { Caller } from '../exchange.ts';
import { labels } from './exposition.ts';

export const LOOPBACK = 'tls="no_identity",no_tls_reason="loopback"';

export function targetLabels(ip: string, port: number): string {
  return `target_addr="${ip}:${port}",target_ip="${ip}",target_port="${port}"`;
}

/** How the caller looks to the target's proxy. */
export function clientTlsLabels(caller: Caller, secured: boolean): string {
  if (caller.type === 'proxy') return 'tls="true",client_id=""';
  if (caller.type === 'pod' && secured) return `tls="true",client_id="${caller.pod.identity}"`;
  return 'tls="no_identity",no_tls_reason="no_tls_from_remote"';
}

/** How the target looks to the caller's proxy. */
export function serverTlsLabels(target: Pod | null, secured: boolean): string {
  if (target && secured) return `tls="true",server_id="${target.identity}"`;
  return 'tls="no_identity",no_tls_reason="not_provided_by_service_discovery"';
}

export function policyLabels(prefix: 'srv' | 'route' | 'authz', { group, kind, name }: PolicyName): string {
  return `${prefix}_group="${group}",${prefix}_kind="${kind}",${prefix}_name="${name}"`;
}

export function serverLabels(server: PolicyName, port: number): string {
  return `${policyLabels('srv', server)},srv_port="${port}"`;
}

/** What discovery says about an endpoint; `backend` is null for a pod that was called by its address. */
export function endpointLabels(target: Pod, backend: ClusterService | null, fromZone: string): string {
  const { workload, namespace, name, hash, meshed, zone } = target;
  const owner = workload.kind === 'job' ? 'k8s_job' : workload.kind;
  const known = {
    ...(meshed ? { dst_control_plane_ns: 'linkerd' } : {}),
    [`dst_${owner}`]: workload.name,
    dst_namespace: namespace,
    dst_pod: name,
    ...(workload.kind === 'deployment' ? { dst_pod_template_hash: hash } : {}),
    ...(backend ? { dst_service: backend.name } : {}),
    dst_serviceaccount: workload.name,
    dst_zone: backend ? zone : '',
    ...(backend ? { dst_zone_locality: zone === fromZone ? 'local' : 'remote' } : {}),
  };
  return labels(Object.fromEntries(Object.entries(known).sort(([a], [b]) => (a < b ? -1 : 1))));
}

export interface ParentRef {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly port: string;
}

export function parentLabels({ group, kind, namespace, name, port }: ParentRef): string {
  return `parent_group="${group}",parent_kind="${kind}",parent_namespace="${namespace}",parent_name="${name}",parent_port="${port}",parent_section_name=""`;
}

export function backendLabels({ group, kind, namespace, name, port }: ParentRef): string {
  return `backend_group="${group}",backend_kind="${kind}",backend_namespace="${namespace}",backend_name="${name}",backend_port="${port}",backend_section_name=""`;
}

export function outboundRouteLabels({ group, kind, namespace, name }: Omit<ParentRef, 'port'>): string {
  return `route_group="${group}",route_kind="${kind}",route_namespace="${namespace}",route_name="${name}"`;
}
