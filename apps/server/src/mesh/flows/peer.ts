// Labels of a series → who called, and whom. The key of a workload is always namespace, kind and name.

import { type ServiceAccount, serviceAccountOf } from '@latchwork/shared/identity';
import type { ExternalNode } from '@latchwork/shared/node';
import {
  egressId,
  externalId,
  externalIdentityId,
  externalSpiffeId,
  serviceId,
  workloadId,
} from '@latchwork/shared/node-id';
import type { WorkloadKind } from '@latchwork/shared/workload-kind';
import {
  DST_OWNER_LABELS,
  OWN_OWNER_LABELS,
} from '../../sources/prometheus/questions/owners/owner-labels.ts';
import type { Labels } from '../../sources/prometheus/sample.ts';

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

export type ExternalPeer = Readonly<ExternalNode>;

export type Peer = WorkloadPeer | ServicePeer | ExternalPeer;

export type MakeWorkload = (namespace: string, kind: WorkloadKind, name: string) => WorkloadPeer;

function workloadPeer(namespace: string, kind: WorkloadKind, name: string): WorkloadPeer {
  return { type: 'workload', id: workloadId(namespace, kind, name), namespace, kind, name };
}

/** Makes each workload once: rows by the ten thousand name the same few. `onMade` hears of each. */
export function createWorkloads(onMade: (peer: WorkloadPeer) => void): MakeWorkload {
  const known = new Map<string, Map<string, WorkloadPeer[]>>();
  return (namespace, kind, name) => {
    const names = known.get(namespace) ?? new Map<string, WorkloadPeer[]>();
    const kinds = names.get(name) ?? [];
    if (names.size === 0) known.set(namespace, names);
    if (kinds.length === 0) names.set(name, kinds);
    for (const peer of kinds) if (peer.kind === kind) return peer;
    const peer = workloadPeer(namespace, kind, name);
    kinds.push(peer);
    onMade(peer);
    return peer;
  };
}

/** Labels of no store, `kind/name`: who Kubernetes says the owner is. */
export const OWNER = ' owner';
export const DST_OWNER = ' dst_owner';
/** Of no store either: the ReplicaSet or Job that the labels name where Kubernetes knows an owner of it. */
export const REVISION = ' revision';

/**
 * A ReplicaSet with a template's hash at its end is one revision of something. Linkerd names the Deployment where it is one;
 * what is left are Rollouts. The hash has the letters of `rand.SafeEncodeString` of Kubernetes.
 */
const OF_TEMPLATE = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{8,10}$/;

/** A CronJob names its Jobs by the minute for which they are, since 1970. */
const OF_MINUTE = /^(.+)-(?:2[5-9]|3\d)\d{6}$/;

/** Knative has a Deployment for each revision of its Services. */
const OF_KNATIVE = /^(.+)-\d{5}-deployment$/;

interface Revisions {
  /** Of all names that fit. Nearly no Deployment has it, and to look for it costs less than the pattern. */
  readonly end: string;
  readonly pattern: RegExp;
  readonly owner: WorkloadKind;
}

const REVISIONS: Readonly<Record<string, Revisions>> = {
  replicaset: { end: '', pattern: OF_TEMPLATE, owner: 'rollout' },
  job: { end: '', pattern: OF_MINUTE, owner: 'cronjob' },
  deployment: { end: '-deployment', pattern: OF_KNATIVE, owner: 'ksvc' },
};

/** What a workload is a revision of, as far as its name tells; null where it is none. */
export function ownerOfRevision(kind: WorkloadKind, name: string): [WorkloadKind, string] | null {
  const revisions = REVISIONS[kind];
  if (!revisions || !name.endsWith(revisions.end)) return null;
  const found = revisions.pattern.exec(name)?.[1];
  return found === undefined ? null : [revisions.owner, found];
}

/** What the labels of a series name in the place of the workload; null where they name that. */
export function revisionOf(labels: Labels, { kind, name }: WorkloadPeer): string | null {
  if (kind === 'replicaset' || kind === 'job' || kind === 'deployment') return null;
  const revision = labels[REVISION] || labels['replicaset'] || labels['k8s_job'] || labels['deployment'];
  return revision && revision !== name ? revision : null;
}

type Kinds = readonly (readonly [string, WorkloadKind])[];

function ownerIn(labels: Labels, namespace: string, kinds: Kinds, make: MakeWorkload): WorkloadPeer | null {
  const known = labels[kinds === OWN_OWNER_LABELS ? OWNER : DST_OWNER];
  const [, kindOfKnown, nameOfKnown] = (known && /^([^/]+)\/(.+)$/.exec(known)) || [];
  if (kindOfKnown && nameOfKnown) return make(namespace, kindOfKnown, nameOfKnown);
  for (const [label, kind] of kinds) {
    const name = labels[label];
    if (!name) continue;
    const owner = ownerOfRevision(kind, name);
    return owner ? make(namespace, ...owner) : make(namespace, kind, name);
  }
  return null;
}

export function hasOwner(labels: Labels): boolean {
  return OWN_OWNER_LABELS.some(([label]) => labels[label]);
}

export function hasTargetOwner(labels: Labels): boolean {
  return DST_OWNER_LABELS.some(([label]) => labels[label]);
}

/** The workload whose proxy counted this. Null when its labels do not say. */
export function sourceOf(labels: Labels, make: MakeWorkload = workloadPeer): WorkloadPeer | null {
  const { namespace, pod } = labels;
  if (!namespace) return null;
  return ownerIn(labels, namespace, OWN_OWNER_LABELS, make) ?? (pod ? make(namespace, 'pod', pod) : null);
}

/** Whom an outbound series went to. Null when it says a namespace and nothing more. */
export function targetOf(labels: Labels, make: MakeWorkload = workloadPeer): Peer | null {
  const { dst_namespace: namespace, dst_service: service, dst_pod: pod } = labels;
  if (!namespace) return externalOf(labels);
  const owner = ownerIn(labels, namespace, DST_OWNER_LABELS, make);
  if (owner) return owner;
  if (pod) return make(namespace, 'pod', pod);
  return service ? { type: 'service', id: serviceId(namespace, service), namespace, name: service } : null;
}

function externalOf(labels: Labels): ExternalPeer {
  const { target_addr: address, authority, hostname, server_id: serverId } = labels;
  const meshed = serverId ? peerOfIdentity(serverId) : null;
  if (meshed) return meshed;
  const name = hostOf(hostname ?? '') ?? hostOf(authority ?? '');
  return {
    type: 'external',
    id: externalId(address || authority || hostname || 'unknown'),
    what: 'host',
    name,
  };
}

function identityPeer({ name, namespace }: ServiceAccount): ExternalPeer {
  return {
    type: 'external',
    id: externalIdentityId(name, namespace),
    what: 'identity',
    name: `${name}.${namespace}`,
  };
}

/** A meshed peer known by its identity alone; null for a text that is none. */
export function peerOfIdentity(identity: string): ExternalPeer | null {
  const account = serviceAccountOf(identity);
  if (account) return identityPeer(account);
  const found = /^spiffe:\/\/.+\/([^/]+)$/.exec(identity);
  return found
    ? { type: 'external', id: externalSpiffeId(identity), what: 'identity', name: found[1] as string }
    : null;
}

export function egressPeer(namespace: string, egressNetwork: string, hostname: string): ExternalPeer {
  return { type: 'external', id: egressId(namespace, egressNetwork), what: 'egress', name: hostOf(hostname) };
}

/** The host of `host:port`, null for an address or nothing. */
function hostOf(authority: string): string | null {
  const host = authority.replace(/:\d+$/, '');
  return host === '' || /^[\d.]+$/.test(host) || host.includes(':') ? null : host;
}
