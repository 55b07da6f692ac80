// What can be tapped, as the tap API wants it said: a path and a body that must agree.

import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { type MatchSchema, TapByResourceRequestSchema } from './gen/tap_pb.js';

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

/** What the proxies are to leave out: all of what is set has to fit. */
export interface TapMatch {
  /** A namespace as a whole when `workload` is null. Fits only requests that the target's own pods send. */
  readonly to?: TapTarget;
  /** In capitals. */
  readonly method?: string;
  readonly scheme?: 'http' | 'https';
  /** The whole of it. */
  readonly authority?: string;
  /** Its beginning. */
  readonly path?: string;
}

export interface TapRequest {
  readonly target: TapTarget;
  /** Shared by all pods of the target, though every pod gives at least one request a second. */
  readonly maxRps: number;
  readonly headers: boolean;
  readonly match?: TapMatch;
  /** In Kubernetes' syntax: which pods of the target. */
  readonly labelSelector?: string;
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

export function tapBody({ target, maxRps, headers, match = {}, labelSelector = '' }: TapRequest): Uint8Array {
  return toBinary(
    TapByResourceRequestSchema,
    create(TapByResourceRequestSchema, {
      target: { resource: toResource(target), labelSelector },
      match: { match: { case: 'all', value: { matches: toMatches(match) } } },
      maxRps,
      ...(headers
        ? { extract: { extract: { case: 'http', value: { extract: { case: 'headers', value: {} } } } } }
        : {}),
    }),
  );
}

function toResource({ namespace, workload }: TapTarget) {
  return workload
    ? { namespace, type: workload.kind, name: workload.name }
    : { namespace: '', type: 'namespace', name: namespace };
}

function toMatches({
  to,
  method,
  scheme,
  authority,
  path,
}: TapMatch): MessageInitShape<typeof MatchSchema>[] {
  const http = [
    method && { case: 'method' as const, value: method },
    scheme && { case: 'scheme' as const, value: scheme.toUpperCase() },
    authority && { case: 'authority' as const, value: authority },
    path && { case: 'path' as const, value: path },
  ].filter((each) => !!each);
  return [
    ...(to ? [{ match: { case: 'destinations' as const, value: { resource: toResource(to) } } }] : []),
    ...http.map((match) => ({ match: { case: 'http' as const, value: { match } } })),
  ];
}
