import { describe, expect, it } from 'vitest';
import type { KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import { toAliases } from './aliases.ts';

const meta = (name: string, owner: { kind: string; name: string } | null) => ({
  namespace: 'shop',
  name,
  uid: `uid-${name}`,
  createdAt: '',
  deleting: false,
  labels: {},
  annotations: {},
  owner: owner && { ...owner, uid: `uid-${owner.name}` },
});
const stateOf = (objects: object) =>
  ({ objects: { pods: [], replicasets: [], jobs: [], ...objects } }) as unknown as KubernetesState;

describe('toAliases(state)', () => {
  it('leads a revision to its Rollout', () => {
    const replicasets = [{ meta: meta('cart-6d5f8c7b9', { kind: 'Rollout', name: 'cart' }) }];
    expect(Object.fromEntries(toAliases(stateOf({ replicasets })))).toEqual({
      'shop/replicaset/cart-6d5f8c7b9': 'shop/rollout/cart',
    });
  });

  it('leads the pods of an operator’s own kind to it, and a Job to its Workflow', () => {
    const pods = [
      { meta: meta('kafka-0', { kind: 'StrimziPodSet', name: 'kafka' }) },
      { meta: meta('etcd-node-1', { kind: 'Node', name: 'node-1' }) },
      { meta: meta('web-0', { kind: 'StatefulSet', name: 'web' }) },
    ];
    const jobs = [{ meta: meta('step-1', { kind: 'Workflow', name: 'nightly' }) }];
    expect(Object.fromEntries(toAliases(stateOf({ pods, jobs })))).toEqual({
      'shop/pod/kafka-0': 'shop/strimzipodset/kafka',
      'shop/job/step-1': 'shop/workflow/nightly',
    });
  });
});
