// The objects that only a look at health needs, small: each is asked for when somebody looks, and none is watched.

import type { Told } from '../../told.ts';
import type { Labels } from '../watch/objects.ts';

/** Where to look; null: nobody knows of one. */
export interface HealthPlaces {
  readonly controlPlane: string;
  readonly viz: string | null;
  readonly cni: string | null;
}

export interface WebhookObject {
  readonly configuration: string;
  readonly name: string;
  /** PEM; empty where nobody has filled it in. */
  readonly caBundle: string;
  readonly failurePolicy: string;
}

export interface ApiServiceObject {
  readonly caBundle: string;
  readonly service: string;
  readonly available: boolean | null;
  readonly message: string;
}

export interface NodeObject {
  readonly name: string;
  readonly podCidrs: readonly string[];
  readonly runtime: string;
}

export interface ReplicaSetObject {
  readonly name: string;
  readonly failure: string | null;
}

export interface ScheduledPod {
  readonly name: string;
  readonly unschedulable: string | null;
}

export interface DeploymentObject {
  readonly name: string;
  readonly component: string;
  readonly replicas: number;
  readonly available: number;
}

export interface LinkObject {
  readonly name: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly clusterDomain: string;
  readonly gatewayAddress: string;
  readonly gatewayPort: number | string;
  readonly gatewayIdentity: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Names of mirror services whose last condition is no success, with its message. */
  readonly troubles: readonly string[];
}

/** `kinds`: served, as `resource.group`, with the versions that serve them. */
export interface HealthObjects {
  readonly version: Told<string>;
  readonly kinds: Told<ReadonlyMap<string, readonly string[]>>;
  /** The text of `values` in linkerd-config. */
  readonly config: Told<string>;
  readonly trustRoots: Told<string>;
  readonly mutatingWebhooks: Told<readonly WebhookObject[]>;
  readonly validatingWebhooks: Told<readonly WebhookObject[]>;
  readonly tapService: Told<ApiServiceObject>;
  readonly clusterRoles: Told<ReadonlySet<string>>;
  readonly clusterRoleBindings: Told<ReadonlySet<string>>;
  readonly serviceAccounts: Told<ReadonlySet<string>>;
  readonly nodes: Told<readonly NodeObject[]>;
  readonly replicaSets: Told<readonly ReplicaSetObject[]>;
  readonly deployments: Told<readonly DeploymentObject[]>;
  readonly scheduled: Told<readonly ScheduledPod[]>;
  readonly links: Told<readonly LinkObject[]>;
  /** Of viz, whether it has the configuration of its Prometheus. */
  readonly vizPrometheus: Told<true>;
  /** Of the CNI plugin. */
  readonly cniConfig: Told<true>;
  readonly cniAccounts: Told<ReadonlySet<string>>;
}
