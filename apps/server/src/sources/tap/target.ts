// What can be tapped, as the tap API wants it said: a path and a body that must agree.

import { create, toBinary } from '@bufbuild/protobuf';
import { TapByResourceRequestSchema } from './gen/tap_pb.js';

export const TAPPABLE_KINDS = [
  'deployment',
  'statefulset',
  'daemonset',
  'job',
  'cronjob',
  'replicaset',
  'replicationcontroller',
  'pod',
] as const;
export type TappableKind = (typeof TAPPABLE_KINDS)[number];

/** A whole namespace when `workload` is null. */
export interface TapTarget {
  readonly namespace: string;
  readonly workload: { readonly kind: TappableKind; readonly name: string } | null;
}

export interface TapRequest {
  readonly target: TapTarget;
  /** Shared by all pods of the target, though every pod gives at least one request a second. */
  readonly maxRps: number;
  readonly headers: boolean;
}

export function isTappableKind(kind: string): kind is TappableKind {
  return (TAPPABLE_KINDS as readonly string[]).includes(kind);
}

export function tapTargetName({ namespace, workload }: TapTarget): string {
  return workload ? `${namespace}/${workload.kind}/${workload.name}` : namespace;
}

export function tapPath({ namespace, workload }: TapTarget): string {
  const base = `/apis/tap.linkerd.io/v1alpha1/watch/namespaces/${encodeURIComponent(namespace)}`;
  return workload ? `${base}/${workload.kind}s/${encodeURIComponent(workload.name)}/tap` : `${base}/tap`;
}

export function tapBody({ target, maxRps, headers }: TapRequest): Uint8Array {
  const resource = target.workload
    ? { namespace: target.namespace, type: target.workload.kind, name: target.workload.name }
    : { namespace: '', type: 'namespace', name: target.namespace };
  return toBinary(
    TapByResourceRequestSchema,
    create(TapByResourceRequestSchema, {
      target: { resource },
      match: { match: { case: 'all', value: { matches: [] } } },
      maxRps,
      ...(headers
        ? { extract: { extract: { case: 'http', value: { extract: { case: 'headers', value: {} } } } } }
        : {}),
    }),
  );
}
