// Numbers that no API server of Kubernetes has, but somebody in its place may say.

import { TOPICS } from '@latchwork/shared/live/live';
import { describe, expect, it } from 'vitest';
import { findBreach } from '../../src/contract/check.ts';
import { toClusterView } from '../../src/mesh/cluster/cluster-view.ts';
import { keepTrafficSplit } from '../../src/sources/kubernetes/watch/keep-policy.ts';
import { stateOf } from './made-up-cluster.ts';

describe.each([-1, 1.5, 2 ** 60, Number.POSITIVE_INFINITY])('%s', (number) => {
  it('as restarts, exit code and port of a pod, and as replicas, leaves an inventory', () => {
    const metadata = { name: 'a', namespace: 'shop', uid: 'a' };
    const container = { name: 'a', ports: [{ containerPort: number }] };
    const terminated = { exitCode: number, finishedAt: '2026-11-23T15:47:10Z' };
    const containerStatuses = [
      { name: 'a', restartCount: number, state: { terminated }, lastState: { terminated } },
    ];
    const pod = { metadata, spec: { containers: [container] }, status: { containerStatuses } };
    const deployment = { metadata, spec: { replicas: number } };
    const { inventory } = toClusterView(stateOf({ pods: [pod], deployments: [deployment] } as never));
    expect(findBreach(TOPICS.inventory.value, inventory)).toBeNull();
  });

  it('as a weight is no share below nothing, and none without end', () => {
    const backends = [{ service: 'a', weight: number }];
    const [kept] = keepTrafficSplit({ metadata: { name: 'a' }, spec: { backends } }).backends;
    expect(kept?.weight).toBeGreaterThanOrEqual(0);
    expect(kept?.weight).toBeLessThan(Number.POSITIVE_INFINITY);
  });
});
