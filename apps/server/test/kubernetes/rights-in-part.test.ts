// An identity with rights in some namespaces alone: those are read one by one, and of the others nothing is said.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toClusterView } from '../../src/mesh/cluster/cluster-view.ts';
import type { KubernetesClient } from '../../src/sources/kubernetes/api/client.ts';
import {
  createInventorySource,
  type InventorySource,
} from '../../src/sources/kubernetes/watch/inventory-source.ts';
import { KINDS, kindPath } from '../../src/sources/kubernetes/watch/kinds.ts';
import type { KindName, KubernetesState } from '../../src/sources/kubernetes/watch/state.ts';
import { createTestApiServer, sendStatus, type TestApiServer } from './api-server.ts';
import { clientOf, until } from './test-cluster.ts';

const PACE = { firstRetryMs: 5, lastRetryMs: 20, deniedMs: 30, absentMs: 10_000, slowMs: 30 };

let api: TestApiServer;
let client: KubernetesClient;
let source: InventorySource;
let states: KubernetesState[];
/** `NAMESPACE` or `NAMESPACE/RESOURCE`; `*` is the whole cluster. */
let granted: Set<string>;

const pathOf = (kind: KindName) => {
  const { group, versions, resource } = KINDS[kind];
  return kindPath(group, versions[0] ?? '', resource);
};
const object = (namespace: string, name: string, more: object = {}) => ({
  metadata: { namespace, name, uid: `${namespace}-${name}`, creationTimestamp: '2026-11-24T10:00:00Z' },
  spec: { containers: [{ name: 'app', image: 'app:1' }], selector: {} },
  status: { phase: 'Running' },
  ...more,
});

beforeEach(async () => {
  api = await createTestApiServer();
  granted = new Set(['toolshed']);
  api.store.create(
    pathOf('namespaces'),
    ['toolshed', 'greenhouse', 'pond'].map((name) => ({ metadata: { name, uid: name } })),
  );
  for (const kind of ['pods', 'deployments', 'services', 'servers'] as const)
    api.store.create(pathOf(kind), [
      object('toolshed', 'rake'),
      object('greenhouse', 'hose'),
      object('pond', 'pump'),
    ]);
  api.troubles.push(({ path, method }, response) => {
    if (method === 'POST') return false;
    const [, namespace = '*', resource = ''] = /\/namespaces\/([^/]+)(?:\/([^/]+))?/.exec(path) ?? [];
    if (granted.has(namespace) || granted.has(`${namespace}/${resource}`)) return false;
    const what = path.split('/').at(-1);
    sendStatus(response, 403, `${what} is forbidden: User "gardener" cannot list resource "${what}"`);
    return true;
  });
  api.allowWhen(() => false);
  client = clientOf(api);
  states = [];
});

afterEach(async () => {
  source.close();
  await client.close();
  await api.close();
});

function listen(namespaces: readonly string[]): void {
  source = createInventorySource({
    ...{ client, namespaces, now: Date.now, random: Math.random },
    ...{ everyMs: 10, lingerMs: 50, pace: PACE },
  });
  source.subscribe((state) => states.push(state));
}

const latest = (): KubernetesState => states.at(-1) as KubernetesState;
const podsOf = (state: KubernetesState | undefined): string[] =>
  (state?.objects.pods ?? []).map(({ meta }) => meta.name).sort();
const findings = () => toClusterView(latest()).findings;
const findingOf = (code: string) => findings().find((finding) => finding.code === code);

describe('rights in one namespace', () => {
  it('reads the namespace of the context from the first state on, and keeps it up to date', async () => {
    listen(['toolshed']);
    await until(() => states.length > 0, 'a state');
    expect(podsOf(states[0])).toEqual(['rake']);
    expect(states[0]?.objects.namespaces.map(({ meta }) => meta.name)).toEqual(['toolshed']);
    expect(states[0]?.parts.pods).toMatchObject({ state: 'fresh', namespaces: ['toolshed'] });
    await until(() => api.watchCount() > 3, 'the watches');
    api.store.put(pathOf('pods'), object('toolshed', 'spade'));
    await until(() => podsOf(latest()).includes('spade'), 'what is new there');
  });

  it('says of which namespace Kubernetes speaks, with a manifest for the whole cluster', async () => {
    listen(['toolshed', 'pond']);
    await until(() => states.length > 0 && latest().identity !== undefined, 'who asks');
    const finding = findingOf('kubernetes-in-part');
    expect(finding?.what).toContain(
      'Kubernetes speaks of namespace toolshed alone, because the identity user-good',
    );
    expect(finding?.evidence).toContain('pond');
    expect(finding?.remedy).toContain('--namespace');
    expect(finding?.manifest).toContain('kind: ClusterRole\n');
    expect(finding?.manifest).toMatch(/- pods\n(.|\n)*- list\n\s+- watch/);
    // What is refused in the whole cluster is no second trouble where it may be read in part.
    expect(findingOf('kubernetes-rights')).toBeUndefined();
  });

  it('learns namespaces from the metrics, and asks other kinds only where pods may be listed', async () => {
    granted.add('greenhouse');
    listen([]);
    await until(() => states.length > 0, 'a state');
    expect(latest().parts.pods.state).toBe('denied');
    source.learn(['greenhouse', 'toolshed', 'pond']);
    await until(() => podsOf(latest()).join() === 'hose,rake', 'both');
    await until(() => latest().parts.services.namespaces?.length === 2, 'the services of both');
    expect(latest().parts.pods.namespaces).toEqual(['greenhouse', 'toolshed']);
    const ofPond = api.seen.map(({ path }) => path).filter((path) => path.includes('/pond'));
    expect([...new Set(ofPond)]).toEqual(['/api/v1/namespaces/pond/pods']);
  });

  it('claims nothing of namespaces that it cannot see', async () => {
    granted.add('*');
    // Deployments may be listed everywhere, pods in one namespace.
    api.troubles.unshift(({ path, method }, response) => {
      if (method === 'POST' || path !== '/api/v1/pods') return false;
      sendStatus(response, 403, 'pods is forbidden');
      return true;
    });
    listen(['toolshed']);
    await until(() => states.length > 0, 'a state');
    const { inventory } = toClusterView(latest());
    const countsOf = (id: string) => inventory.workloads.find((workload) => workload.id === id)?.counts;
    expect(countsOf('greenhouse/deployment/hose')).toBeNull();
    expect(inventory.namespaces.map(({ name, counts }) => [name, counts?.running])).toEqual([
      ['greenhouse', undefined],
      ['pond', undefined],
      ['toolshed', 1],
    ]);
    expect(inventory.parts['pods']?.namespaces).toEqual(['toolshed']);
    expect(findingOf('kubernetes-in-part')?.what).toContain('namespace toolshed alone');
  });

  it('does not call viz absent, nor a Service missing, where it sees one namespace', async () => {
    listen(['toolshed']);
    await until(() => states.length > 0, 'a state');
    const view = toClusterView({
      ...latest(),
      objects: {
        ...latest().objects,
        pods: latest().objects.pods.map((pod) => ({
          ...pod,
          meta: { ...pod.meta, labels: { 'linkerd.io/control-plane-ns': 'linkerd' } },
        })),
      },
    });
    const [workload] = view.inventory.workloads.filter(({ kind }) => kind === 'pod');
    expect(workload?.pods[0]?.tap?.code).toBe('viz-unknown');
    expect(view.routing.services).toBeNull();
  });

  it('names what is missing even there, with one Role for it', async () => {
    granted.delete('toolshed');
    for (const resource of ['pods', 'services', '']) granted.add(`toolshed/${resource}`);
    listen(['toolshed']);
    await until(() => states.length > 0 && latest().identity !== undefined, 'who asks');
    const finding = findingOf('kubernetes-rights');
    expect(finding?.what).toMatch(
      /^the identity user-good may not list deployments, .* and \d+ more in namespace toolshed/,
    );
    expect(finding?.manifest?.match(/^kind: (.+)$/gm)).toEqual(['kind: Role', 'kind: RoleBinding']);
    expect(finding?.manifest).toContain('namespace: toolshed');
  });

  it('misses no right to kinds that the cluster does not have', async () => {
    listen(['toolshed']);
    await until(() => states.length > 0, 'a state');
    expect(latest().parts.servers.namespaces).toEqual(['toolshed']);
    expect(latest().parts.grpcRoutes).toMatchObject({ state: 'absent', message: null });
  });

  it('asks for everything with one ClusterRole where nothing may be read', async () => {
    granted.clear();
    listen(['toolshed']);
    await until(() => states.length > 0 && latest().identity !== undefined, 'who asks');
    expect(findings().map(({ code }) => code)).toEqual(['kubernetes-rights']);
    const [finding] = findings();
    expect(finding?.what).toMatch(/^the identity user-good may not list namespaces, pods, .* and \d+ more$/);
    expect(finding?.manifest?.match(/^kind: (.+)$/gm)).toEqual([
      'kind: ClusterRole',
      'kind: ClusterRoleBinding',
    ]);
    for (const resource of ['namespaces', 'pods', 'replicasets', 'servers', 'grpcroutes', 'serviceprofiles'])
      expect(finding?.manifest).toContain(`- ${resource}\n`);
    expect(toClusterView(latest()).parts['kubernetes:pods']).toMatchObject({
      state: 'failed',
      missingRight: 'list and watch pods in the whole cluster',
    });
  });

  it('takes the whole cluster as soon as it may, and lets go of the single namespaces', async () => {
    listen(['toolshed']);
    await until(() => states.length > 0, 'a state');
    granted.add('*').add('greenhouse').add('pond');
    await until(() => podsOf(latest()).length === 3, 'all pods');
    expect(latest().parts.pods.namespaces).toBeUndefined();
    await until(() => findings().length === 0, 'nothing to say');
    await until(() => api.watchCount() === 5, 'one watch for each kind that there is');
  });

  it('keeps what it saw of a namespace while the API server is away', async () => {
    listen(['toolshed']);
    await until(() => states.length > 0, 'a state');
    api.troubles.unshift((_, response) => {
      response.destroy();
      return true;
    });
    api.cutWatches();
    await until(() => latest().parts.pods.state === 'stale', 'stale');
    expect(podsOf(latest())).toEqual(['rake']);
    expect(latest().parts.pods.namespaces).toEqual(['toolshed']);
  });
});
