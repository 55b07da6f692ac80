// The kinds that are watched: where they live, newest version first, and what is kept of each.

import type { Raw } from '../api/raw.ts';
import { keepPod } from './keep-pod.ts';
import {
  keepAuthorization,
  keepExternalWorkload,
  keepRoute,
  keepServer,
  keepServiceProfile,
  keepTrafficSplit,
} from './keep-policy.ts';
import { keepNamespace, keepService, keepWorkload } from './keep-workload.ts';
import type { KindName, KindObjects } from './state.ts';

export interface Kind<T> {
  /** Empty for the core group. */
  readonly group: string;
  readonly versions: readonly string[];
  readonly resource: string;
  readonly keep: (object: Raw) => T;
}

const POLICY = 'policy.linkerd.io';

export const KINDS: { readonly [K in KindName]: Kind<KindObjects[K]> } = {
  namespaces: { group: '', versions: ['v1'], resource: 'namespaces', keep: keepNamespace },
  pods: { group: '', versions: ['v1'], resource: 'pods', keep: keepPod },
  deployments: { group: 'apps', versions: ['v1'], resource: 'deployments', keep: keepWorkload },
  statefulsets: { group: 'apps', versions: ['v1'], resource: 'statefulsets', keep: keepWorkload },
  daemonsets: { group: 'apps', versions: ['v1'], resource: 'daemonsets', keep: keepWorkload },
  replicasets: { group: 'apps', versions: ['v1'], resource: 'replicasets', keep: keepWorkload },
  jobs: { group: 'batch', versions: ['v1'], resource: 'jobs', keep: keepWorkload },
  cronjobs: { group: 'batch', versions: ['v1'], resource: 'cronjobs', keep: keepWorkload },
  replicationcontrollers: {
    group: '',
    versions: ['v1'],
    resource: 'replicationcontrollers',
    keep: keepWorkload,
  },
  services: { group: '', versions: ['v1'], resource: 'services', keep: keepService },
  servers: {
    group: POLICY,
    versions: ['v1beta3', 'v1beta2', 'v1beta1'],
    resource: 'servers',
    keep: keepServer,
  },
  policyRoutes: {
    group: POLICY,
    versions: ['v1beta3', 'v1beta2', 'v1beta1', 'v1alpha1'],
    resource: 'httproutes',
    keep: keepRoute,
  },
  gatewayRoutes: {
    group: 'gateway.networking.k8s.io',
    versions: ['v1', 'v1beta1'],
    resource: 'httproutes',
    keep: keepRoute,
  },
  grpcRoutes: {
    group: 'gateway.networking.k8s.io',
    versions: ['v1', 'v1alpha2'],
    resource: 'grpcroutes',
    keep: keepRoute,
  },
  tcpRoutes: {
    group: 'gateway.networking.k8s.io',
    versions: ['v1', 'v1alpha2'],
    resource: 'tcproutes',
    keep: keepRoute,
  },
  tlsRoutes: {
    group: 'gateway.networking.k8s.io',
    versions: ['v1', 'v1alpha3', 'v1alpha2'],
    resource: 'tlsroutes',
    keep: keepRoute,
  },
  serviceProfiles: {
    group: 'linkerd.io',
    versions: ['v1alpha2', 'v1alpha1'],
    resource: 'serviceprofiles',
    keep: keepServiceProfile,
  },
  trafficSplits: {
    group: 'split.smi-spec.io',
    versions: ['v1alpha4', 'v1alpha3', 'v1alpha2', 'v1alpha1'],
    resource: 'trafficsplits',
    keep: keepTrafficSplit,
  },
  authorizations: {
    group: POLICY,
    versions: ['v1alpha1'],
    resource: 'authorizationpolicies',
    keep: keepAuthorization,
  },
  externalWorkloads: {
    group: 'workload.linkerd.io',
    versions: ['v1beta1', 'v1alpha1'],
    resource: 'externalworkloads',
    keep: keepExternalWorkload,
  },
};

export const KIND_NAMES = Object.keys(KINDS) as readonly KindName[];

/** Of one namespace, or null: of all. A namespace has no others in it: it is the object itself. */
export function kindPath(
  group: string,
  version: string,
  resource: string,
  namespace: string | null = null,
): string {
  const base = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  if (namespace === null) return `${base}/${resource}`;
  const place = `${base}/namespaces/${encodeURIComponent(namespace)}`;
  return isNamespaces(resource) ? place : `${place}/${resource}`;
}

export function isNamespaces(resource: string): boolean {
  return resource === 'namespaces';
}
