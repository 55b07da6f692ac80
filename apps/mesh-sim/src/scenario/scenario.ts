// What a simulated mesh is made of, as data. Nothing here moves: `cluster.ts` gives it addresses, `traffic.ts` life.

type Kind = 'deployment' | 'statefulset' | 'daemonset' | 'job' | 'cronjob' | 'replicationcontroller';

/** A request as a route names it: method and path template, such as `GET /sailings/{id}`. */
type Ask = string;

/** One call made while serving a request. `to` is `namespace/service` or a host outside. */
interface Call {
  readonly to: string;
  readonly ask: Ask;
  /** How often a request leads to this call: 0 to 1. */
  readonly chance: number;
  /** The caller answers well even when this call fails. */
  readonly optional?: boolean;
}

interface Endpoint {
  readonly ask: Ask;
  readonly requestBytes?: number;
  readonly responseBytes?: number;
  readonly calls?: readonly Call[];
}

/** What the target's proxy enforces; `server` is the name of the Server resource. */
export type Policy =
  | {
      readonly type: 'callers';
      readonly server: string;
      readonly name: string;
      /** `serviceaccount.namespace` */
      readonly allow: readonly string[];
    }
  | {
      readonly type: 'rate';
      readonly server: string;
      readonly name: string;
      readonly perIdentityRps: number;
    }
  | {
      readonly type: 'routes';
      readonly server: string;
      readonly routes: readonly { readonly name: string; readonly asks: readonly Ask[] }[];
    };

interface Listener {
  readonly port: number;
  readonly protocol: 'http' | 'grpc' | 'tcp';
  /** Kubelet asks `/healthz` here. */
  readonly probed?: boolean;
  readonly endpoints?: readonly Endpoint[];
  /** Its own part of the time to first byte; `spread` is the sigma of a log-normal distribution. */
  readonly latency?: { readonly medianMs: number; readonly spread: number };
  /** Its own failures: 500 for HTTP, the codes of `grpcCodes` for gRPC. */
  readonly failureShare?: number;
  readonly grpcCodes?: readonly { readonly code: number; readonly weight: number }[];
  readonly policy?: Policy;
}

/** Requests that a pod sends by itself, without being asked. */
interface Loop {
  readonly to: string;
  readonly rpsPerPod: number;
  readonly mix: readonly { readonly ask: Ask; readonly weight: number }[];
}

/** Connections that carry no HTTP: some held for the life of the pod, others short. Bytes as the client sees them. */
export interface Link {
  readonly to: string;
  readonly held: number;
  readonly opensPerSecond: number;
  readonly readBytesPerSecond: number;
  readonly writeBytesPerSecond: number;
}

interface Replica {
  readonly meshed: boolean;
  /** How much of the traffic it gets beside its siblings. */
  readonly weight?: number;
  /** Its proxy begins anew this often. */
  readonly restartsEverySeconds?: number;
  /** How long before the simulation it was made; a moment before, when it is not said. */
  readonly ageDays?: number;
}

/** A pod that Kubernetes knows and nobody can call: it waits for a node, or is over. */
export interface StillPod {
  readonly phase: 'Pending' | 'Succeeded' | 'Failed';
  readonly ageDays: number;
}

/** What a workload's pods are beside their traffic. */
interface PodTemplate {
  /** Asked for by the pods themselves; else their namespace decides. */
  readonly injection?: 'disabled';
  readonly hostNetwork?: boolean;
  readonly annotations?: Readonly<Record<string, string>>;
  /** The proxy is a container like any other, and no native sidecar. */
  readonly proxyAmongContainers?: boolean;
  readonly proxyVersion?: string;
}

export interface Workload {
  readonly namespace: string;
  readonly kind: Kind;
  readonly name: string;
  readonly replicas: readonly Replica[];
  readonly stillPods?: readonly StillPod[];
  readonly template?: PodTemplate;
  readonly listener?: Listener;
  readonly loops?: readonly Loop[];
  readonly links?: readonly Link[];
  /** Set on what runs the mesh itself: it answers to scrapes and proxies, and is noise to a reader. */
  readonly infrastructure?: Infrastructure;
}

export interface Infrastructure {
  /** The label that its pods carry. */
  readonly label:
    | { readonly control_plane_component: string }
    | { readonly component: string; readonly extension?: string; readonly mirrors?: string };
  /** Ports that answer to Prometheus and to probes. */
  readonly adminPorts: readonly number[];
  /** Ports that every proxy of the mesh asks with a client certificate that it does not have yet. */
  readonly proxyPorts: readonly { readonly port: number; readonly rps: number }[];
  readonly scrapesEverybody?: boolean;
  /** It is what asks proxies for live requests. */
  readonly taps?: boolean;
}

/** What a mirrored Service stands for in its own cluster, and how that answers. */
export interface Mirror {
  readonly cluster: string;
  readonly service: string;
  readonly medianMs: number;
  readonly failureShare: number;
}

/** Another cluster that this one is linked to, through its gateway. */
export interface FarCluster {
  readonly name: string;
  readonly gateway: { readonly ip: string; readonly port: number };
  /** How long a probe of the gateway takes. */
  readonly probeMs: number;
}

/** A Service beside those that every listener has under the workload's own name. */
export interface Service {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  /** The workload of its namespace behind it; null when no pod matches. */
  readonly workload: string | null;
  /** An HTTPRoute that divides its requests between Services of its namespace. */
  /** It is no Service of here: requests go through the gateway of another cluster. */
  readonly mirror?: Mirror;
  readonly split?: {
    readonly route: string;
    readonly backends: readonly { readonly service: string; readonly weight: number }[];
  };
}

/** GRPCRoutes of a Service: the route that matches an ask. */
export interface GrpcRoutes {
  readonly service: string;
  readonly routes: readonly { readonly name: string; readonly asks: readonly Ask[] }[];
}

/** A TCPRoute of a Service, or a TLSRoute of an EgressNetwork for some hosts. */
export type ConnectionRoute =
  | { readonly kind: 'TCPRoute'; readonly name: string; readonly service: string }
  | {
      readonly kind: 'TLSRoute';
      readonly name: string;
      /** `namespace/name`. */
      readonly network: string;
      readonly hosts: readonly string[];
    };

/** A host outside of the cluster. `tls` is the application's own: the proxy sees bytes. */
export interface External {
  readonly host: string;
  readonly ip: string;
  readonly port: number;
  readonly tls?: boolean;
  readonly latency?: { readonly medianMs: number; readonly spread: number };
}

export interface EgressNetwork {
  readonly namespace: string;
  readonly name: string;
  readonly allow: boolean;
}

/** Callers outside of the cluster. */
export interface Crowd {
  readonly to: string;
  readonly authority: string;
  readonly rps: number;
  readonly mix: readonly { readonly ask: Ask; readonly weight: number }[];
}

export interface Namespace {
  readonly name: string;
  readonly injection?: 'enabled' | 'disabled';
  readonly labels?: Readonly<Record<string, string>>;
}

export interface Scenario {
  readonly name: string;
  /** Of Linkerd. */
  readonly version: string;
  readonly namespaces: readonly Namespace[];
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
  readonly grpcRoutes: readonly GrpcRoutes[];
  readonly connectionRoutes: readonly ConnectionRoute[];
  readonly externals: readonly External[];
  readonly egressNetworks: readonly EgressNetwork[];
  readonly farClusters: readonly FarCluster[];
  readonly crowds: readonly Crowd[];
}
