import { describe, expect, it } from 'vitest';
import { sample } from '../../../test/inputs/fake-store.ts';
import { from, GOOD, meshOf, WHOLE } from '../../../test/inputs/mesh-of.ts';
import { objectOf, type PodSketch, podOf, stateOf } from '../../../test/kubernetes/made-up-cluster.ts';
import { toClusterView } from '../cluster/cluster-view.ts';
import { toPolicies } from './policies.ts';
import { toStat } from './stat.ts';

describe('pods of an operator’s own kind', () => {
  const pod = { namespace: 'shop', pod: 'kafka-0' };
  const podOwners = new Map([['shop/pod/kafka-0', 'shop/strimzipodset/events']]);
  const mesh = meshOf(
    {
      inbound: [sample({ ...pod, ...GOOD, target_port: '9092' }, 1)],
      podResponses: [sample({ ...pod, ...GOOD }, 1)],
      policyDecisions: [sample({ ...pod, srv_kind: 'server', srv_name: 'kafka', decision: 'allowed' }, 1)],
    },
    { podOwners },
  );

  it('go by the name of their owner in each table, as in the graph', () => {
    expect([...mesh.picture(false).nodes.keys()]).toContain('shop/strimzipodset/events');
    expect(toStat(mesh, 'workload', WHOLE).rows.map(({ id }) => id)).toEqual(['shop/strimzipodset/events']);
    expect(toStat(mesh, 'pod', WHOLE).rows).toMatchObject([
      { id: 'shop/pod/kafka-0', owner: 'shop/strimzipodset/events' },
    ]);
    expect(toPolicies(mesh, WHOLE).rows.map(({ workload }) => workload)).toEqual([
      'shop/strimzipodset/events',
    ]);
  });
});

describe('what Kubernetes says of a pod', () => {
  const owner = { kind: 'ReplicaSet', name: 'web-1' };
  const pods: readonly PodSketch[] = [
    { name: 'web-a', proxy: 'container' },
    { name: 'web-b', phase: 'Pending' },
    { name: 'web-c', phase: 'Failed', proxy: 'container' },
    { name: 'web-d', deleting: true },
  ];
  const cluster = toClusterView(
    stateOf({
      namespaces: [objectOf('Namespace', 'shop')],
      deployments: [objectOf('Deployment', 'web')],
      replicasets: [objectOf('ReplicaSet', 'web-1', { owner: { kind: 'Deployment', name: 'web' } })],
      pods: pods.map((sketch) => podOf({ owner, ...sketch })),
    }),
  );
  const mesh = meshOf({ podResponses: [] }, { cluster });

  it('counts it as its workload does: one that failed, is over or on its way out does not run', () => {
    const rows = toStat(mesh, 'pod', WHOLE).rows;
    expect(rows.map(({ name, pods: counts }) => [name, counts])).toEqual([
      ['web-a', { meshed: 1, running: 1, failed: 0 }],
      ['web-b', { meshed: 0, running: 1, failed: 0 }],
      ['web-c', { meshed: 0, running: 0, failed: 1 }],
      ['web-d', { meshed: 0, running: 0, failed: 0 }],
    ]);
    expect(toStat(mesh, 'workload', WHOLE).rows).toMatchObject([
      { id: 'shop/deployment/web', pods: { meshed: 1, running: 2, failed: 1 } },
    ]);
  });
});

describe('audited requests', () => {
  const auditedBy = (labels: Record<string, string>) => {
    const row = { ...from('shop/web'), decision: 'allowed', ...labels };
    const [stat] = toPolicies(meshOf({ policyDecisions: [sample(row, 1)] }), WHOLE).rows;
    return stat?.decisions.audited;
  };

  it.each([
    { srv_kind: 'default', srv_name: 'audit', authz_kind: 'default', authz_name: 'audit' },
    { srv_kind: 'server', srv_name: 'web', authz_kind: 'default', authz_name: 'audit' },
    { srv_name: 'audit', authz_name: 'audit' },
  ])('are those that a default let through: %j', (labels) => {
    expect(auditedBy(labels)).toBe(1);
  });

  it.each([
    { srv_kind: 'server', srv_name: 'audit', authz_kind: 'default', authz_name: 'all-unauthenticated' },
    { srv_kind: 'server', srv_name: 'web', authz_kind: 'authorizationpolicy', authz_name: 'audit' },
    { srv_kind: 'server', srv_name: 'audit', authz_kind: 'serverauthorization', authz_name: 'audit' },
  ])('are not those of an object that somebody called so: %j', (labels) => {
    expect(auditedBy(labels)).toBe(0);
  });
});

it('Services that stand for one of another cluster bear its name', () => {
  const to = (dst_service: string) => ({ ...from('shop/web'), dst_namespace: 'shop', dst_service });
  const mirrored = new Map([['shop/api-west', { cluster: 'west', namespace: 'shop', service: 'api' }]]);
  const mesh = meshOf(
    { serviceResponses: ['api', 'api-west'].map((name) => sample({ ...to(name), ...GOOD }, 1)) },
    { elsewhere: { reaching: null, clusterOf: () => null, mirrored } },
  );
  const rows = toStat(mesh, 'service', WHOLE).rows.map(({ name, cluster }) => [name, cluster]);
  expect(rows).toEqual([
    ['api', undefined],
    ['api-west', 'west'],
  ]);
});
