// Everything that is known of the cluster at one moment, and how well each kind of it is known.

import type { Identity } from '../api/identity.ts';
import type { AccessRule } from '../rights/missing-rule.ts';
import type {
  AuthorizationObject,
  ExternalWorkloadObject,
  NamespaceObject,
  PodObject,
  RouteObject,
  ServerObject,
  ServiceObject,
  ServiceProfileObject,
  TrafficSplitObject,
  WorkloadObject,
} from './objects.ts';

export interface KindObjects {
  readonly namespaces: NamespaceObject;
  readonly pods: PodObject;
  readonly deployments: WorkloadObject;
  readonly statefulsets: WorkloadObject;
  readonly daemonsets: WorkloadObject;
  readonly replicasets: WorkloadObject;
  readonly jobs: WorkloadObject;
  readonly cronjobs: WorkloadObject;
  readonly replicationcontrollers: WorkloadObject;
  readonly services: ServiceObject;
  readonly servers: ServerObject;
  readonly policyRoutes: RouteObject;
  readonly gatewayRoutes: RouteObject;
  readonly grpcRoutes: RouteObject;
  readonly tcpRoutes: RouteObject;
  readonly tlsRoutes: RouteObject;
  readonly serviceProfiles: ServiceProfileObject;
  readonly trafficSplits: TrafficSplitObject;
  readonly authorizations: AuthorizationObject;
  readonly externalWorkloads: ExternalWorkloadObject;
}
export type KindName = keyof KindObjects;

/**
 * `waiting` before the first answer; `fresh`; `stale` after trouble, with the last good objects; `failed` when there
 * never was an answer; `denied` without the right to look; `absent` where the cluster does not have the kind.
 */
export type KindState = 'waiting' | 'fresh' | 'stale' | 'failed' | 'denied' | 'absent';

export interface KindPart {
  readonly state: KindState;
  /** RFC 3339. */
  readonly since: string;
  readonly message: string | null;
  readonly remedy: string | null;
  /** Of which it speaks; absent where that is the whole cluster, or nothing. */
  readonly namespaces?: readonly string[];
  /** What the identity in use may not do, as it turned out. */
  readonly missing?: readonly AccessRule[];
}

export interface KubernetesState {
  readonly objects: { readonly [K in KindName]: readonly KindObjects[K][] };
  readonly parts: { readonly [K in KindName]: KindPart };
  /** Who the API server takes us for; absent while all may be read, and where it does not say. */
  readonly identity?: Identity;
  /** Which namespaces somebody named, and how many that are known were not asked for because they are too many. */
  readonly known?: { readonly named: readonly string[]; readonly unasked: number };
}
