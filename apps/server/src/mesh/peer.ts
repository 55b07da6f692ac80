// Labels of a series → who called, and whom. The key of a workload is always namespace, kind and name.

import { egressId, externalId, externalIdentityId, serviceId, workloadId } from '@latchwork/shared/node-id';
import type { WorkloadKind } from '@latchwork/shared/workload-kind';
import { DST_OWNER_LABELS, OWN_OWNER_LABELS } from '../sources/prometheus/owner-labels.ts';
import type { Labels } from '../sources/prometheus/sample.ts';
import { serviceAccountOf } from './identity.ts';

export interface WorkloadPeer {
  readonly type: 'workload';
  readonly id: string;
  readonly namespace: string;
  readonly kind: WorkloadKind;
  readonly name: string;
}

interface ServicePeer {
  readonly type: 'service';
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
}

export interface ExternalPeer {
  readonly type: 'external';
  readonly id: string;
  readonly name: string | null;
}

export type Peer = WorkloadPeer | ServicePeer | ExternalPeer;

function workloadPeer(namespace: string, kind: WorkloadKind, name: string): WorkloadPeer {
  return { type: 'workload', id: workloadId(namespace, kind, name), namespace, kind, name };
}

function ownerOf(
  labels: Labels,
  kinds: readonly (readonly [string, WorkloadKind])[],
): { kind: WorkloadKind; name: string } | null {
  for (const [label, kind] of kinds) {
    const name = labels[label];
    if (name) return { kind, name };
  }
  return null;
}

export function hasOwner(labels: Labels): boolean {
  return ownerOf(labels, OWN_OWNER_LABELS) !== null;
}

export function hasTargetOwner(labels: Labels): boolean {
  return ownerOf(labels, DST_OWNER_LABELS) !== null;
}

/** The workload whose proxy counted this. Null when its labels do not say. */
export function sourceOf(labels: Labels): WorkloadPeer | null {
  const { namespace, pod } = labels;
  if (!namespace) return null;
  const owner = ownerOf(labels, OWN_OWNER_LABELS);
  if (owner) return workloadPeer(namespace, owner.kind, owner.name);
  return pod ? workloadPeer(namespace, 'pod', pod) : null;
}

/** Whom an outbound series went to. Null when it says a namespace and nothing more. */
export function targetOf(labels: Labels): Peer | null {
  const { dst_namespace: namespace, dst_service: service, dst_pod: pod } = labels;
  if (!namespace) return externalOf(labels);
  const owner = ownerOf(labels, DST_OWNER_LABELS);
  if (owner) return workloadPeer(namespace, owner.kind, owner.name);
  if (pod) return workloadPeer(namespace, 'pod', pod);
  return service ? { type: 'service', id: serviceId(namespace, service), namespace, name: service } : null;
}

function externalOf(labels: Labels): ExternalPeer {
  const { target_addr: address, authority, hostname, server_id: serverId } = labels;
  const account = serverId ? serviceAccountOf(serverId) : null;
  if (account) return identityPeer(account.name, account.namespace);
  const name = hostOf(hostname ?? '') ?? hostOf(authority ?? '');
  return { type: 'external', id: externalId(address || authority || hostname || 'unknown'), name };
}

export function identityPeer(serviceAccount: string, namespace: string): ExternalPeer {
  return {
    type: 'external',
    id: externalIdentityId(serviceAccount, namespace),
    name: `${serviceAccount}.${namespace}`,
  };
}

export function egressPeer(namespace: string, egressNetwork: string, hostname: string): ExternalPeer {
  return { type: 'external', id: egressId(namespace, egressNetwork), name: hostOf(hostname) };
}

/** The host of `host:port`, null for an address or nothing. */
function hostOf(authority: string): string | null {
  const host = authority.replace(/:\d+$/, '');
  return host === '' || /^[\d.]+$/.test(host) || host.includes(':') ? null : host;
}
