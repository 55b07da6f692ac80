// What the inventory makes of cases that the recording does not have: owners, counts, reasons, rights that are missing.

import type { Inventory, InventoryPod } from '@latchwork/shared/inventory';
import { describe, expect, it } from 'vitest';
import { toAliases } from '../../src/mesh/inventory/aliases.ts';
import { toInventory } from '../../src/mesh/inventory/inventory.ts';
import { podSet } from '../../src/mesh/inventory/pod-set.ts';
import { objectOf, type PodSketch, podOf, stateOf } from './made-up-cluster.ts';

const WEB = { kind: 'ReplicaSet', name: 'web-abc' };
const VIZ = objectOf('Namespace', 'linkerd-viz', { metadata: { labels: { 'linkerd.io/extension': 'viz' } } });
const shop = (annotations: Record<string, string> = {}, more: Record<string, unknown> = {}) =>
  objectOf('Namespace', 'shop', { metadata: { annotations, ...more } });
const REPLICASETS = [
  objectOf('ReplicaSet', 'web-abc', { owner: { kind: 'Deployment', name: 'web' }, spec: { replicas: 2 } }),
];

function clusterWith(
  pods: readonly PodSketch[],
  namespace = shop(),
  deployments = [objectOf('Deployment', 'web')],
): Inventory {
  return toInventory(
    stateOf({ namespaces: [namespace, VIZ], deployments, replicasets: REPLICASETS, pods: pods.map(podOf) }),
  );
}
const only = (inventory: Inventory): InventoryPod =>
  inventory.workloads.find(({ id }) => id === 'shop/deployment/web')?.pods[0] as InventoryPod;
const ids = (inventory: Inventory): string[] => inventory.workloads.map(({ id }) => id);

describe('owners', () => {
  it('leaves a Deployment that an operator made what it is, with its pods or without any', () => {
    const owner = { kind: 'Grafana', name: 'main' };
    const state = stateOf({
      namespaces: [shop()],
      deployments: [
        objectOf('Deployment', 'web', { owner, spec: { replicas: 2 } }),
        objectOf('Deployment', 'idle', { owner, spec: { replicas: 0 } }),
      ],
      statefulsets: [objectOf('StatefulSet', 'db', { owner: { kind: 'PerconaServer', name: 'db' } })],
      replicasets: REPLICASETS,
      pods: [podOf({ name: 'web-abc-1', owner: WEB })],
    });
    const { workloads } = toInventory(state);
    expect(workloads.map(({ id, replicas }) => [id, replicas])).toEqual([
      ['shop/deployment/idle', 0],
      ['shop/deployment/web', 2],
      ['shop/statefulset/db', null],
    ]);
    expect([...toAliases(state).values()]).toEqual(['shop/deployment/web']);
  });

  it('takes the Deployments of a Knative Service for one workload', () => {
    const revision = (number: string) => ({ kind: 'Revision', name: `hello-${number}` });
    const state = stateOf({
      namespaces: [shop()],
      deployments: ['00001', '00002'].map((number) =>
        objectOf('Deployment', `hello-${number}-deployment`, { owner: revision(number) }),
      ),
      replicasets: [
        objectOf('ReplicaSet', 'hello-00002-deployment-abc', {
          owner: { kind: 'Deployment', name: 'hello-00002-deployment' },
          spec: { replicas: 1 },
        }),
      ],
      pods: [podOf({ name: 'hello-x', owner: { kind: 'ReplicaSet', name: 'hello-00002-deployment-abc' } })],
    });
    const [hello, ...others] = toInventory(state).workloads;
    expect(hello).toMatchObject({ id: 'shop/ksvc/hello', pods: [{ name: 'hello-x' }] });
    expect(others).toEqual([]);
  });

  it('follows a Job up to its CronJob, and says what metrics call it', () => {
    const state = stateOf({
      cronjobs: [objectOf('CronJob', 'report')],
      jobs: [
        objectOf('Job', 'report-1', { owner: { kind: 'CronJob', name: 'report' } }),
        objectOf('Job', 'over'),
      ],
      replicasets: REPLICASETS,
      pods: [
        podOf({
          name: 'report-1-x',
          owner: { kind: 'Job', name: 'report-1' },
          labels: { 'linkerd.io/proxy-job': 'report-1' },
        }),
      ],
    });
    expect(ids(toInventory(state))).toEqual(['shop/cronjob/report']);
    expect(Object.fromEntries(toAliases(state))).toEqual({
      'shop/job/report-1': 'shop/cronjob/report',
      'shop/replicaset/web-abc': 'shop/deployment/web',
    });
  });

  it('calls a pod that nobody made by its own name, and goes on to owners that Linkerd does not know', () => {
    const inventory = toInventory(
      stateOf({
        replicasets: [
          objectOf('ReplicaSet', 'canary-1', {
            owner: { kind: 'Rollout', name: 'canary' },
            spec: { replicas: 1 },
          }),
        ],
        pods: [
          podOf({ name: 'bare' }),
          podOf({ name: 'mirror', owner: { kind: 'Node', name: 'node-a' } }),
          podOf({ name: 'canary-1-x', owner: { kind: 'ReplicaSet', name: 'canary-1' } }),
        ],
      }),
    );
    expect(ids(inventory)).toEqual(['shop/pod/bare', 'shop/pod/mirror', 'shop/rollout/canary']);
  });

  it('lists workloads without pods, but no ReplicaSets or Jobs that are history', () => {
    const inventory = toInventory(
      stateOf({
        deployments: [objectOf('Deployment', 'idle', { spec: { replicas: 0 } })],
        replicasets: [objectOf('ReplicaSet', 'old', { spec: { replicas: 0 } })],
        jobs: [objectOf('Job', 'done')],
        externalWorkloads: [objectOf('ExternalWorkload', 'vm-1')],
        pods: [podOf({ name: 'done-x', owner: { kind: 'Job', name: 'done' }, phase: 'Succeeded' })],
      }),
    );
    expect(ids(inventory)).toEqual(['shop/deployment/idle', 'shop/externalworkload/vm-1']);
    expect(inventory.workloads[0]?.counts).toEqual({ meshed: 0, running: 0, failed: 0 });
  });

  it('finds the Deployment of an unmeshed pod by its hash where ReplicaSets may not be seen', () => {
    const pod = podOf({ name: 'web-abc-x', owner: WEB, labels: { 'pod-template-hash': 'abc' } });
    expect(ids(toInventory(stateOf({ pods: [pod] }, { replicasets: 'denied' })))).toEqual([
      'shop/deployment/web',
    ]);
  });
});

describe('counts', () => {
  it('counts pending and running pods, failed ones apart, and none that are leaving or done', () => {
    const inventory = clusterWith([
      { name: 'a', owner: WEB, proxy: 'init' },
      { name: 'b', owner: WEB, phase: 'Pending' },
      { name: 'c', owner: WEB, proxy: 'container', deleting: true },
      { name: 'd', owner: WEB, phase: 'Failed' },
      { name: 'e', owner: WEB, phase: 'Succeeded', proxy: 'init' },
    ]);
    expect(inventory.workloads[0]?.counts).toEqual({ meshed: 1, running: 2, failed: 1 });
    expect(inventory.namespaces.find(({ name }) => name === 'shop')?.counts).toEqual({
      meshed: 1,
      running: 2,
      failed: 1,
    });
  });

  it('counts nothing, rather than zero, without the right to see pods', () => {
    const inventory = toInventory(
      stateOf({ namespaces: [shop()], deployments: [objectOf('Deployment', 'web')] }, { pods: 'denied' }),
    );
    expect([inventory.workloads[0]?.counts, inventory.namespaces[0]?.counts]).toEqual([null, null]);
  });

  it('counts proxies by version, from the annotation or the image, and none from a digest', () => {
    const inventory = clusterWith([
      { name: 'a', owner: WEB, proxy: 'init', annotations: { 'linkerd.io/proxy-version': 'stable-2.14.10' } },
      { name: 'b', owner: WEB, proxy: 'container', proxyImage: 'registry:5000/proxy:stable-2.11.1' },
      { name: 'c', owner: WEB, proxy: 'container', proxyImage: 'registry:5000/proxy:stable-2.11.1' },
      { name: 'd', owner: WEB, proxy: 'init', proxyImage: 'registry:5000/proxy@sha256:00ff' },
    ]);
    expect(inventory.proxies).toEqual([
      { version: 'stable-2.11.1', pods: 2 },
      { version: null, pods: 1 },
      { version: 'stable-2.14.10', pods: 1 },
    ]);
  });

  it('builds the identity of old proxies from their variables', () => {
    const pod = only(
      clusterWith([
        {
          name: 'a',
          owner: WEB,
          proxy: 'container',
          proxyEnvironment: {
            LINKERD2_PROXY_IDENTITY_LOCAL_NAME:
              '$(_pod_sa).$(_pod_ns).serviceaccount.identity.$(_l5d_ns).$(_l5d_trustdomain)',
            _l5d_ns: 'linkerd',
            _l5d_trustdomain: 'cluster.local',
          },
        },
      ]),
    );
    expect(pod.identity).toBe('app.shop.serviceaccount.identity.linkerd.cluster.local');
  });
});

describe('why a pod has no proxy', () => {
  const ENABLED = { 'linkerd.io/inject': 'enabled' };
  const annotatedAt = (time: string) => ({
    managedFields: [{ time, fieldsV1: { 'f:metadata': { 'f:annotations': { 'f:linkerd.io/inject': {} } } } }],
  });
  const asking = [
    objectOf('Deployment', 'web', { spec: { template: { metadata: { annotations: ENABLED } } } }),
  ];

  it.each([
    ['not-asked', {}, shop()],
    ['host-network', { spec: { hostNetwork: true } }, shop(ENABLED)],
    ['opted-out', { annotations: { 'linkerd.io/inject': 'disabled' } }, shop(ENABLED)],
    ['opted-out', {}, shop({ 'linkerd.io/inject': 'disabled' })],
    [
      'namespace-excluded',
      {},
      shop(ENABLED, { labels: { 'config.linkerd.io/admission-webhooks': 'disabled' } }),
    ],
    ['started-before', {}, shop(ENABLED, annotatedAt('2026-11-24T11:00:00Z'))],
    ['injector-missed', {}, shop(ENABLED, annotatedAt('2026-11-24T09:00:00Z'))],
    ['injector-missed', { annotations: ENABLED }, shop()],
    ['started-before-or-missed', {}, shop(ENABLED)],
  ] as const)('%s', (code, pod, namespace) => {
    expect(only(clusterWith([{ name: 'a', owner: WEB, ...pod }], namespace)).unmeshed?.code).toBe(code);
  });

  it('started-before, when the workload asks and the pod does not', () => {
    expect(only(clusterWith([{ name: 'a', owner: WEB }], shop(), asking)).unmeshed).toMatchObject({
      code: 'started-before',
      command: 'kubectl -n shop rollout restart deploy/web',
    });
  });

  it('injector-missed, when an older pod of the workload has one, but not when only a younger has', () => {
    const sibling = (createdAt: string): PodSketch => ({ name: 'b', owner: WEB, proxy: 'init', createdAt });
    const why = (createdAt: string) =>
      only(clusterWith([{ name: 'a', owner: WEB }, sibling(createdAt)], shop(ENABLED))).unmeshed?.code;
    expect(why('2026-11-24T09:00:00Z')).toBe('injector-missed');
    expect(why('2026-11-24T11:00:00Z')).toBe('started-before-or-missed');
  });

  it('unknown, where the namespace cannot be seen', () => {
    const inventory = toInventory(
      stateOf(
        { replicasets: REPLICASETS, pods: [podOf({ name: 'a', owner: WEB })] },
        { namespaces: 'denied' },
      ),
    );
    expect(only(inventory).unmeshed?.code).toBe('unknown');
  });
});

describe('why a pod cannot be tapped', () => {
  it.each([
    [null, { annotations: { 'viz.linkerd.io/tap-enabled': 'true' } }, {}],
    [
      'disabled',
      { annotations: { 'viz.linkerd.io/tap-enabled': 'true', 'viz.linkerd.io/disable-tap': 'true' } },
      {},
    ],
    ['namespace-disabled', {}, { 'viz.linkerd.io/disable-tap': 'true' }],
    ['not-enabled', {}, {}],
  ] as const)('%s', (code, pod, annotations) => {
    const inventory = clusterWith([{ name: 'a', owner: WEB, proxy: 'init', ...pod }], shop(annotations));
    expect(only(inventory).tap?.code ?? null).toBe(code);
  });

  it('no-viz, where viz is not installed; not-meshed without a proxy', () => {
    const pods = [podOf({ name: 'a', owner: WEB, proxy: 'init' }), podOf({ name: 'b', owner: WEB })];
    const inventory = toInventory(stateOf({ namespaces: [shop()], replicasets: REPLICASETS, pods }));
    expect(inventory.workloads[0]?.pods.map(({ tap }) => tap?.code)).toEqual(['no-viz', 'not-meshed']);
  });

  it('opens a tap anew for a pod that came, went, restarted, or was made again under its old name', () => {
    const tapped = {
      owner: WEB,
      proxy: 'init',
      annotations: { 'viz.linkerd.io/tap-enabled': 'true' },
    } as const;
    const target = { namespace: 'shop', workload: { kind: 'deployment', name: 'web' } } as const;
    const setOf = (...pods: PodSketch[]) => podSet(clusterWith(pods), target);
    const one = setOf({ ...tapped, name: 'a' });
    expect(setOf({ ...tapped, name: 'a' }, { name: 'open', owner: WEB })).toBe(one);
    const others = [
      setOf(),
      setOf({ ...tapped, name: 'a' }, { ...tapped, name: 'b' }),
      setOf({ ...tapped, name: 'a', createdAt: '2026-11-24T12:00:00Z' }),
      setOf({ ...tapped, name: 'a', deleting: true }),
      setOf({
        ...tapped,
        name: 'a',
        status: { initContainerStatuses: [{ name: 'linkerd-proxy', restartCount: 1 }] },
      }),
    ];
    for (const other of others) expect(other).not.toBe(one);
    expect(
      podSet(clusterWith([{ ...tapped, name: 'a' }]), {
        namespace: 'shop',
        workload: { kind: 'pod', name: 'a' },
      }),
    ).toBe(one);
    expect(podSet(clusterWith([{ ...tapped, name: 'a' }]), { namespace: 'shop', workload: null })).toBe(one);
  });
});

describe('the status of a pod', () => {
  const waiting = (reason: string) => ({ state: { waiting: { reason } } });
  const ended = (exitCode: number, reason?: string) => ({ state: { terminated: { exitCode, reason } } });
  const runs = { state: { running: {} }, ready: true };
  it.each([
    [
      'Running',
      {},
      {
        initContainerStatuses: [{ name: 'linkerd-proxy', ...runs }],
        containerStatuses: [{ name: 'app', ...runs }],
      },
    ],
    [
      'Init:0/1',
      {},
      { phase: 'Pending', initContainerStatuses: [{ name: 'linkerd-proxy', ...waiting('PodInitializing') }] },
    ],
    [
      'Init:ImagePullBackOff',
      {},
      { initContainerStatuses: [{ name: 'linkerd-proxy', ...waiting('ImagePullBackOff') }] },
    ],
    ['Init:Error', {}, { initContainerStatuses: [{ name: 'linkerd-proxy', ...ended(1, 'Error') }] }],
    [
      'CrashLoopBackOff',
      {},
      {
        initContainerStatuses: [{ name: 'linkerd-proxy', ...runs }],
        containerStatuses: [{ name: 'app', ...waiting('CrashLoopBackOff') }],
      },
    ],
    [
      'ExitCode:3',
      {},
      {
        initContainerStatuses: [{ name: 'linkerd-proxy', ...runs }],
        containerStatuses: [{ name: 'app', ...ended(3) }],
      },
    ],
    ['Evicted', { phase: 'Failed' }, { reason: 'Evicted' }],
    ['Terminating', { deleting: true }, {}],
  ] as const)('%s', (expected, pod, status) => {
    expect(only(clusterWith([{ name: 'a', owner: WEB, proxy: 'init', ...pod, status }])).status).toBe(
      expected,
    );
  });
});
