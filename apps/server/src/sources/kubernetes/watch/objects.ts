// The few fields of Kubernetes objects that anybody here uses, under short names. Everything else is dropped on arrival.

export type Labels = Readonly<Record<string, string>>;

export interface OwnerRef {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

export interface ObjectMeta {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly deleting: boolean;
  readonly labels: Labels;
  /** Those of Linkerd alone. */
  readonly annotations: Labels;
  /** The controller; null for what nobody made. */
  readonly owner: OwnerRef | null;
}

export interface NamespaceObject {
  readonly meta: ObjectMeta;
  /** RFC 3339: the annotation `linkerd.io/inject` was there at this time, and perhaps earlier; null when nothing tells. */
  readonly injectKnownAt: string | null;
}

interface ContainerPort {
  readonly name: string;
  readonly port: number;
}

export interface HttpProbe {
  readonly path: string;
  /** A number, or the name of a port of the container. */
  readonly port: number | string;
}

export interface ContainerState {
  readonly ready: boolean;
  readonly restarts: number;
  /** `running`, `waiting` or `terminated`; null before the kubelet has said anything. */
  readonly state: 'running' | 'waiting' | 'terminated' | null;
  readonly reason: string | null;
  readonly exitCode: number | null;
  readonly startedAt: string | null;
  /** How the run before ended; absent where there was none. */
  readonly before?: {
    readonly reason: string | null;
    readonly exitCode: number | null;
    readonly endedAt: string | null;
  };
}

export interface ContainerObject {
  readonly name: string;
  readonly image: string;
  readonly isInit: boolean;
  /** An init container that goes on running: a native sidecar. */
  readonly isSidecar: boolean;
  readonly ports: readonly ContainerPort[];
  readonly httpProbes: readonly HttpProbe[];
  /** Only of Linkerd's own containers. */
  readonly args: readonly string[];
  /** Only of the proxy, and only the variables that are read. */
  readonly environment: Labels;
  readonly status: ContainerState;
}

export interface PodObject {
  readonly meta: ObjectMeta;
  readonly phase: string;
  readonly reason: string | null;
  readonly ready: boolean;
  readonly ips: readonly string[];
  readonly node: string | null;
  readonly hostNetwork: boolean;
  readonly serviceAccount: string;
  readonly containers: readonly ContainerObject[];
}

export interface WorkloadObject {
  readonly meta: ObjectMeta;
  /** Pods wanted; null for kinds that do not say. */
  readonly replicas: number | null;
  readonly templateAnnotations: Labels;
  readonly serviceAccount: string | null;
  readonly hostNetwork: boolean;
}

export interface ServiceObject {
  readonly meta: ObjectMeta;
  readonly type: string;
  /** Empty for one without an address of its own. */
  readonly clusterIps: readonly string[];
  /** Null: its endpoints, if any, are made by hand. */
  readonly selector: Labels | null;
  readonly ports: readonly { readonly port: number; readonly targetPort: number | string }[];
}

export interface Ref {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | null;
}

export interface SelectorExpression {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

export interface ServerObject {
  readonly meta: ObjectMeta;
  /** Null: it selects external workloads. */
  readonly selector: { readonly labels: Labels; readonly expressions: readonly SelectorExpression[] } | null;
  readonly port: number | string;
  readonly protocol: string;
  readonly accessPolicy: string | null;
}

interface NamedValue {
  readonly name: string;
  readonly value: string;
  /** The value is a pattern. */
  readonly isPattern: boolean;
}

/** `path` null matches every path; `method` null every method. `service` and `rpc` are those of gRPC. */
export interface RouteMatch {
  readonly method: string | null;
  readonly path: { readonly type: string; readonly value: string } | null;
  readonly service: string | null;
  readonly rpc: string | null;
  readonly headers: readonly NamedValue[];
  readonly queryParams: readonly NamedValue[];
}

export interface RouteBackendRef extends Ref {
  readonly port: number | null;
  readonly weight: number;
}

/** No matches: everything. */
export interface RouteRule {
  readonly matches: readonly RouteMatch[];
  readonly backends: readonly RouteBackendRef[];
}

/** `specAt`: RFC 3339, its spec was not changed after; null where nobody noted it. */
export interface RouteObject {
  readonly meta: ObjectMeta;
  readonly specAt: string | null;
  readonly parents: readonly Ref[];
  readonly hostnames: readonly string[];
  readonly rules: readonly RouteRule[];
  /** Why Linkerd does not accept it, by parent. */
  readonly refusals: readonly { readonly parent: Ref; readonly why: string }[];
}

/** `name` is the Service's whole name, `NAME.NAMESPACE.svc.DOMAIN`; its namespace may be a consumer's. */
export interface ServiceProfileObject {
  readonly meta: ObjectMeta;
  readonly specAt: string | null;
  readonly routes: readonly {
    readonly name: string;
    readonly condition: string;
    readonly isRetryable: boolean;
  }[];
  readonly overrides: readonly { readonly authority: string; readonly weight: number }[];
}

/** Of SMI. `service` and those of the backends are names in its own namespace. */
export interface TrafficSplitObject {
  readonly meta: ObjectMeta;
  readonly specAt: string | null;
  readonly service: string;
  readonly backends: readonly { readonly service: string; readonly weight: number }[];
  /** Names of HTTPRouteGroups: no others are split. */
  readonly matches: readonly string[];
}

export interface AuthorizationObject {
  readonly meta: ObjectMeta;
  readonly target: Ref;
  readonly required: readonly Ref[];
}

export interface ExternalWorkloadObject {
  readonly meta: ObjectMeta;
  readonly identity: string | null;
  readonly ips: readonly string[];
}
