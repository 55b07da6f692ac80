// Taps of a cluster: rights are asked before, a manifest is handed on, and other pods mean another stream.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ClusterTapOptions, createClusterTap } from '../../src/feeds/tap/cluster-tap.ts';
import type { Access } from '../../src/sources/kubernetes/rights/access.ts';
import { SourceError } from '../../src/sources/source-error.ts';
import type { TapListener } from '../../src/sources/tap/client.ts';
import type { TapRequest } from '../../src/sources/tap/target.ts';
import { fakeClusterFeed } from './fake-cluster-feed.ts';
import { objectOf, podOf, stateOf } from './made-up-cluster.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const ALLOWED: Access = { allowed: true, missing: [], message: null, manifest: null };
const DENIED: Access = {
  allowed: false,
  missing: [],
  message: 'jane may not watch deployments/tap.tap.linkerd.io',
  manifest: 'kind: Role',
};
const REQUEST: TapRequest = {
  target: { namespace: 'shop', workload: { kind: 'deployment', name: 'web' } },
  maxRps: 10,
  headers: false,
};

const OWNER = { kind: 'ReplicaSet', name: 'web-1' };
const podNamed = (name: string, phase = 'Running') =>
  podOf({
    name,
    owner: OWNER,
    phase,
    proxy: 'init',
    annotations: { 'viz.linkerd.io/tap-enabled': 'true' },
  });
const clusterWith = (...pods: ReturnType<typeof podOf>[]) =>
  stateOf({
    pods,
    replicasets: [objectOf('ReplicaSet', 'web-1', { owner: { kind: 'Deployment', name: 'web' } })],
    deployments: [objectOf('Deployment', 'web')],
  });

/** The last objects are kept, and old. */
function away() {
  const state = clusterWith(podNamed('web-1-a'));
  const pods = { ...state.parts.pods, state: 'stale', message: 'the API server is away' } as const;
  return { ...state, parts: { ...state.parts, pods } };
}

function start(more: Partial<ClusterTapOptions> = {}) {
  const opened: { request: TapRequest; listener: TapListener; stopped: boolean }[] = [];
  const failures: SourceError[] = [];
  const asked: unknown[] = [];
  const cluster = fakeClusterFeed(clusterWith(podNamed('web-1-a')));
  let answer: Access | Error = ALLOWED;
  const tap = createClusterTap({
    client: {
      url: 'https://cluster.test',
      watch(request, listener) {
        const one = { request, listener, stopped: false };
        opened.push(one);
        return () => {
          one.stopped = true;
        };
      },
    },
    cluster,
    access: async (target) => {
      asked.push(target);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    ...more,
  });
  return {
    opened,
    failures,
    asked,
    cluster,
    open: () => opened.filter(({ stopped }) => !stopped).length,
    answer(next: Access | Error) {
      answer = next;
    },
    watch: () =>
      tap.watch(REQUEST, {
        part: () => undefined,
        lost: () => undefined,
        ended: () => undefined,
        failed: (error) => failures.push(error),
      }),
  };
}

describe('a tap of a cluster', () => {
  it('asks for exactly the right that will be checked, then opens', async () => {
    const { watch, asked, opened } = start();
    watch();
    expect(opened).toEqual([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual([{ namespace: 'shop', resource: 'deployments', name: 'web' }]);
    expect(opened.map(({ request }) => request)).toEqual([REQUEST]);
  });

  it('says what is missing and what to apply, and opens by itself once it is granted', async () => {
    const { watch, answer, opened, failures } = start();
    answer(DENIED);
    watch();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(opened).toEqual([]);
    expect(failures).toMatchObject([
      {
        message: 'tap of shop/deployment/web: jane may not watch deployments/tap.tap.linkerd.io',
        manifest: 'kind: Role',
      },
    ]);
    answer(ALLOWED);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(opened.length).toBe(1);
  });

  it('taps all the same where the rights cannot be asked', async () => {
    const { watch, answer, opened } = start();
    answer(new Error('away'));
    watch();
    await vi.advanceTimersByTimeAsync(0);
    expect(opened.length).toBe(1);
  });

  it('asks nobody where the credentials are not ours', async () => {
    const { watch, opened, asked } = start({ access: null });
    watch();
    await vi.advanceTimersByTimeAsync(0);
    expect(opened.length).toBe(1);
    expect(asked).toEqual([]);
  });

  it('wakes when the cluster is back, instead of when its turn comes', async () => {
    const { watch, opened, cluster, open } = start();
    watch();
    await vi.advanceTimersByTimeAsync(0);
    cluster.say(away());
    opened[0]?.listener.failed(
      new SourceError({ source: 'tap', kind: 'unreachable', message: 'the API server is away' }),
      37_000,
    );
    await vi.advanceTimersByTimeAsync(5_000);
    expect(opened.length).toBe(1);
    cluster.say(clusterWith(podNamed('web-1-a')));
    await vi.advanceTimersByTimeAsync(0);
    expect(opened.length).toBe(2);
    expect(open()).toBe(1);
    // A tap that streams is left alone.
    cluster.say(away());
    cluster.say(clusterWith(podNamed('web-1-a')));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(opened.length).toBe(2);
  });

  it('asks for its rights again at once when the cluster is back', async () => {
    const { watch, answer, opened, cluster } = start();
    answer(DENIED);
    watch();
    await vi.advanceTimersByTimeAsync(100);
    answer(ALLOWED);
    cluster.say(away());
    cluster.say(clusterWith(podNamed('web-1-a')));
    await vi.advanceTimersByTimeAsync(0);
    expect(opened.length).toBe(1);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(opened.length).toBe(1);
  });

  it('explains a refusal in the middle of a stream with the missing right', async () => {
    const { watch, answer, opened, failures, open } = start();
    watch();
    await vi.advanceTimersByTimeAsync(0);
    answer(DENIED);
    opened[0]?.listener.failed(
      new SourceError({ source: 'tap', kind: 'refused', message: 'this identity may not tap', status: 403 }),
      1_000,
    );
    await vi.advanceTimersByTimeAsync(0);
    expect(failures.at(-1)?.manifest).toBe('kind: Role');
    expect(open()).toBe(0);
  });

  it('begins anew when other pods run, once for a whole roll-out', async () => {
    const { watch, cluster, opened, open } = start();
    watch();
    await vi.advanceTimersByTimeAsync(0);
    cluster.say(clusterWith(podNamed('web-1-a')));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(opened.length).toBe(1);
    cluster.say(clusterWith(podNamed('web-1-a'), podNamed('web-1-b')));
    await vi.advanceTimersByTimeAsync(500);
    cluster.say(clusterWith(podNamed('web-1-b'), podNamed('web-1-c')));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(opened.length).toBe(2);
    expect(open()).toBe(1);
  });

  it('begins anew when a pod that was on its way has come', async () => {
    const { watch, cluster, opened } = start();
    cluster.say(clusterWith(podNamed('web-1-a'), podNamed('web-1-b', 'Pending')));
    watch();
    await vi.advanceTimersByTimeAsync(0);
    cluster.say(clusterWith(podNamed('web-1-a'), podNamed('web-1-b')));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(opened.length).toBe(2);
  });

  it('does not begin anew when the cluster is first heard of, or lost', async () => {
    const { watch, cluster, opened } = start();
    cluster.say(null);
    watch();
    await vi.advanceTimersByTimeAsync(0);
    cluster.say(clusterWith(podNamed('web-1-a')));
    await vi.advanceTimersByTimeAsync(5_000);
    cluster.say(null);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(opened.length).toBe(1);
  });

  it('leaves nothing behind', async () => {
    const { watch, answer, cluster, opened, failures, open } = start();
    const stop = watch();
    await vi.advanceTimersByTimeAsync(0);
    stop();
    expect(open()).toBe(0);
    expect(cluster.watchers).toBe(0);
    answer(DENIED);
    const stopRefused = watch();
    await vi.advanceTimersByTimeAsync(0);
    stopRefused();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([opened.length, failures.length]).toEqual([1, 1]);
  });
});
