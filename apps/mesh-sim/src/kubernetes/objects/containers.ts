// Containers of a pod: the application's, and what Linkerd's injector adds to them.

import { ADMIN_PORT, PROXY_PORT, TAP_PORT } from '../../ports.ts';
import type { Workload } from '../../scenario/scenario.ts';

const REGISTRY = 'registry.ferryline.example';
const LINKERD_REGISTRY = 'cr.l5d.io/linkerd';
const OUTBOUND_PORT = 4140;
const OPAQUE_BY_DEFAULT = '25,587,3306,4444,5432,6379,9300,11211';
const PORT_NAMES = { http: 'http', grpc: 'grpc', tcp: 'postgres' } as const;

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly [field: string]: unknown;
}

export interface PodContainers {
  readonly init: readonly Container[];
  readonly main: readonly Container[];
}

/** The name under which Services and Servers mean the port of a listener. */
export function portName({ listener }: Workload): string | null {
  return listener ? PORT_NAMES[listener.protocol] : null;
}

function port(name: string, containerPort: number) {
  return { name, containerPort, protocol: 'TCP' };
}

function probe(path: string, onPort: number | string) {
  return { httpGet: { path, port: onPort, scheme: 'HTTP' }, periodSeconds: 10, timeoutSeconds: 1 };
}

function probes(path: string, onPort: number | string) {
  return { livenessProbe: probe(path, onPort), readinessProbe: probe(path, onPort) };
}

function applications(workload: Workload, version: string): Container[] {
  const { name, listener, infrastructure } = workload;
  if (infrastructure?.scrapesEverybody)
    return [
      {
        name: 'prometheus',
        image: 'prom/prometheus:v2.55.1',
        ports: [port('admin', 9090)],
        livenessProbe: probe('/-/healthy', 9090),
        readinessProbe: probe('/-/ready', 9090),
      },
    ];
  if (infrastructure) {
    const [admin] = infrastructure.adminPorts;
    const ports = [
      ...infrastructure.proxyPorts.map((one, index) =>
        port(index === 0 ? 'grpc' : `grpc-${index}`, one.port),
      ),
      ...infrastructure.adminPorts.map((one, index) => port(index === 0 ? 'admin' : `admin-${index}`, one)),
    ];
    const plain = name.replace(/^linkerd-/, '');
    const image = `${LINKERD_REGISTRY}/controller:${version}`;
    return [{ name: plain, image, ports, ...(admin ? probes('/healthz', admin) : {}) }];
  }
  const named = portName(workload) ?? 'http';
  const skipped = workload.template?.annotations?.['config.linkerd.io/skip-inbound-ports'];
  return [
    {
      name,
      image: `${REGISTRY}/${name}:2.3.0`,
      ports: [
        ...(listener ? [port(named, listener.port)] : []),
        ...(skipped ? [port('stats', Number(skipped))] : []),
      ],
      ...(listener?.probed ? probes('/healthz', named) : {}),
    },
  ];
}

function initializer({ template }: Workload, version: string): Container {
  const ignored = (annotation: string, own: string) =>
    [own, template?.annotations?.[annotation]].filter(Boolean).join(',');
  return {
    name: 'linkerd-init',
    image: `${LINKERD_REGISTRY}/proxy:${version}`,
    command: ['/usr/lib/linkerd/linkerd2-proxy-init'],
    args: [
      '--incoming-proxy-port',
      String(PROXY_PORT),
      '--outgoing-proxy-port',
      String(OUTBOUND_PORT),
      '--proxy-uid',
      '2102',
      '--inbound-ports-to-ignore',
      ignored('config.linkerd.io/skip-inbound-ports', `${TAP_PORT},${ADMIN_PORT}`),
      '--outbound-ports-to-ignore',
      ignored('config.linkerd.io/skip-outbound-ports', '4567,4568'),
    ],
  };
}

function proxy(workload: Workload, version: string, isSidecar: boolean): Container {
  const { listener, infrastructure, template } = workload;
  const fromField = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  const opaque = template?.annotations?.['config.linkerd.io/opaque-ports'] ?? OPAQUE_BY_DEFAULT;
  const values = {
    LINKERD2_PROXY_INBOUND_PORTS: String(listener?.port ?? ''),
    LINKERD2_PROXY_INBOUND_PORTS_DISABLE_PROTOCOL_DETECTION: opaque,
    LINKERD2_PROXY_INBOUND_DEFAULT_POLICY: 'all-unauthenticated',
    _l5d_ns: 'linkerd',
    _l5d_trustdomain: 'cluster.local',
    LINKERD2_PROXY_IDENTITY_LOCAL_NAME: '$(_pod_sa).$(_pod_ns).serviceaccount.identity.linkerd.cluster.local',
    ...(infrastructure
      ? {}
      : {
          LINKERD2_PROXY_TAP_SVC_NAME: 'tap.linkerd-viz.serviceaccount.identity.linkerd.cluster.local',
        }),
  };
  return {
    name: 'linkerd-proxy',
    image: `${LINKERD_REGISTRY}/proxy:${version}`,
    env: [
      fromField('_pod_name', 'metadata.name'),
      fromField('_pod_ns', 'metadata.namespace'),
      fromField('_pod_sa', 'spec.serviceAccountName'),
      ...Object.entries(values).map(([name, value]) => ({ name, value })),
    ],
    ports: [port('linkerd-proxy', PROXY_PORT), port('linkerd-admin', ADMIN_PORT)],
    livenessProbe: probe('/live', ADMIN_PORT),
    readinessProbe: probe('/ready', ADMIN_PORT),
    ...(isSidecar ? { restartPolicy: 'Always', startupProbe: probe('/ready', ADMIN_PORT) } : {}),
  };
}

/** `version` is Linkerd's; a workload may have got an older proxy. */
export function toContainers(workload: Workload, meshed: boolean, version: string): PodContainers {
  const own = applications(workload, version);
  if (!meshed) return { init: [], main: own };
  const proxyVersion = workload.template?.proxyVersion ?? version;
  const init = [initializer(workload, proxyVersion)];
  return workload.template?.proxyAmongContainers
    ? { init, main: [...own, proxy(workload, proxyVersion, false)] }
    : { init: [...init, proxy(workload, proxyVersion, true)], main: own };
}
