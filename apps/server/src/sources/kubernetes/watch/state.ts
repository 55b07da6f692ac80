// Everything that is known of the cluster at one moment, and how well each kind of it is known.

import type {
  AuthorizationObject,
  ExternalWorkloadObject,
  NamespaceObject,
  PodObject,
  RouteObject,
  ServerObject,
  ServiceObject,
  ServiceProfileObject,
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
  readonly serviceProfiles: ServiceProfileObject;
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
}

export interface KubernetesState {
  readonly objects: { readonly [K in KindName]: readonly KindObjects[K][] };
  readonly parts: { readonly [K in KindName]: KindPart };
}
