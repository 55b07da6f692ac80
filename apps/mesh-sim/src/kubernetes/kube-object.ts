// An object as the API server keeps it, and the metadata that all of them have. Knows no kind.

import type { Labels } from '../selector.ts';
import { uidOf } from '../uid.ts';

interface Owner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid: string;
  readonly creationTimestamp: string;
  readonly resourceVersion?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly ownerReferences?: readonly object[];
  readonly managedFields?: readonly object[];
}

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

interface Made {
  readonly kind: string;
  readonly name: string;
  /** Left out for what belongs to the whole cluster. */
  readonly namespace?: string;
  readonly atMs: number;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly owner?: Owner;
  /** Tells two objects of one name apart that live after one another. */
  readonly generation?: number;
}

/** RFC 3339 without fractions, as Kubernetes writes times. */
export function toTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}

export function toMetadata(made: Made): Metadata {
  const { kind, name, namespace = '', atMs, labels, annotations, owner, generation = 0 } = made;
  return {
    name,
    ...(namespace ? { namespace } : {}),
    uid: uidOf(kind, namespace, generation > 0 ? `${name}#${generation}` : name),
    creationTimestamp: toTime(atMs),
    ...(labels ? { labels } : {}),
    ...(annotations && Object.keys(annotations).length > 0 ? { annotations } : {}),
    ...(owner ? { ownerReferences: [toReference(owner, namespace)] } : {}),
  };
}

function toReference(owner: Owner, namespace: string): object {
  const uid = uidOf(owner.kind, namespace, owner.name);
  return { ...owner, uid, controller: true, blockOwnerDeletion: true };
}

export function keyOf({ metadata }: KubeObject): string {
  return metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name;
}
