// Small clusters for tests, written as the API server would send them and kept as the source keeps them.

import { rawOf } from '../../src/sources/kubernetes/api/raw.ts';
import { KIND_NAMES, KINDS } from '../../src/sources/kubernetes/watch/kinds.ts';
import type { KindName, KindState, KubernetesState } from '../../src/sources/kubernetes/watch/state.ts';

type Fields = Record<string, unknown>;

export interface PodSketch {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
  readonly owner?: { readonly kind: string; readonly name: string };
  readonly createdAt?: string;
  readonly deleting?: boolean;
  readonly phase?: string;
  /** `init`: a native sidecar. */
  readonly proxy?: 'container' | 'init';
  readonly proxyImage?: string;
  readonly proxyEnvironment?: Record<string, string>;
  readonly spec?: Fields;
  readonly status?: Fields;
}

export const CREATED = '2026-11-24T10:00:00Z';

export function podOf(sketch: PodSketch): Fields {
  const { name, namespace = 'shop', owner, proxy, phase = 'Running' } = sketch;
  const proxyContainer = {
    name: 'linkerd-proxy',
    image: sketch.proxyImage ?? 'cr.l5d.io/linkerd/proxy:edge-26.8.3',
    env: Object.entries(sketch.proxyEnvironment ?? {}).map(([variable, value]) => ({
      name: variable,
      value,
    })),
    ...(proxy === 'init' ? { restartPolicy: 'Always' } : {}),
  };
  return {
    metadata: {
      name,
      namespace,
      uid: `pod-${namespace}-${name}`,
      creationTimestamp: sketch.createdAt ?? CREATED,
      labels: { ...(proxy ? { 'linkerd.io/control-plane-ns': 'linkerd' } : {}), ...sketch.labels },
      annotations: sketch.annotations ?? {},
      ...(owner
        ? { ownerReferences: [{ ...owner, uid: uidOf(owner.kind, owner.name), controller: true }] }
        : {}),
      ...(sketch.deleting ? { deletionTimestamp: CREATED } : {}),
    },
    spec: {
      serviceAccountName: 'app',
      initContainers: proxy === 'init' ? [proxyContainer] : [],
      containers: [{ name: 'app' }, ...(proxy === 'container' ? [proxyContainer] : [])],
      ...sketch.spec,
    },
    status: { phase, ...sketch.status },
  };
}

export function objectOf(
  kind: string,
  name: string,
  more: { namespace?: string; owner?: { kind: string; name: string }; metadata?: Fields; spec?: Fields } = {},
): Fields {
  const { namespace = 'shop', owner, metadata, spec = {} } = more;
  return {
    metadata: {
      name,
      ...(kind === 'Namespace' ? {} : { namespace }),
      uid: uidOf(kind, name),
      creationTimestamp: CREATED,
      ...(owner
        ? { ownerReferences: [{ ...owner, uid: uidOf(owner.kind, owner.name), controller: true }] }
        : {}),
      ...metadata,
    },
    spec,
  };
}

function uidOf(kind: string, name: string): string {
  return `${kind}-${name}`;
}

/** `parts` gives kinds another state than `fresh`. */
export function stateOf(
  lists: Partial<Record<KindName, readonly Fields[]>>,
  parts: Partial<Record<KindName, KindState>> = {},
): KubernetesState {
  return {
    objects: Object.fromEntries(
      KIND_NAMES.map((name) => [name, (lists[name] ?? []).map((item) => KINDS[name].keep(rawOf(item)))]),
    ),
    parts: Object.fromEntries(
      KIND_NAMES.map((name) => [
        name,
        { state: parts[name] ?? 'fresh', since: CREATED, message: null, remedy: null },
      ]),
    ),
  } as unknown as KubernetesState;
}
