import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { objectOf, stateOf } from '../../test/kubernetes/made-up-cluster.ts';
import type { KubernetesState } from '../sources/kubernetes/watch/state.ts';
import { createClusterFeed } from './cluster-feed.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const withNamespaces = (...names: string[]) =>
  stateOf({ namespaces: names.map((name) => objectOf('Namespace', name)) });

function createStates() {
  const listeners = new Set<(state: KubernetesState) => void>();
  let known: KubernetesState | null = null;
  return {
    listeners,
    nudges: 0,
    nudge() {
      this.nudges++;
    },
    subscribe(listener: (state: KubernetesState) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    learn: (names: readonly string[]) => names.length > 0,
    state: () => known,
    say(state: KubernetesState) {
      known = state;
      for (const listener of [...listeners]) listener(state);
    },
    /** As the source does when nobody has listened for a while. */
    forget() {
      known = null;
    },
  };
}

function start() {
  const states = createStates();
  return { states, feed: createClusterFeed({ states, now: Date.now, settleMs: 1_000 }) };
}

describe('the feed of a cluster', () => {
  it('watches once for all, and only while somebody needs it', () => {
    const { states, feed } = start();
    const stops = [feed.watch(() => undefined), feed.watch(() => undefined)];
    expect(states.listeners.size).toBe(1);
    stops[0]?.();
    stops[0]?.();
    expect(states.listeners.size).toBe(1);
    stops[1]?.();
    expect(states.listeners.size).toBe(0);
  });

  it('waits a moment for what learned namespaces have in them, where nothing was seen', async () => {
    const { states, feed } = start();
    feed.watch(() => undefined);
    const seen = withNamespaces('shop');
    states.say(seen);
    expect(await feed.learn(['shop'])).toBe(false);
    const pods = { ...seen.parts.pods, state: 'denied' } as const;
    states.say({ ...seen, parts: { ...seen.parts, pods } });
    expect(await feed.learn([])).toBe(false);
    const learning = feed.learn(['shop']);
    states.say({
      ...seen,
      parts: { ...seen.parts, pods: { ...pods, state: 'fresh', namespaces: ['shop'] } },
    });
    expect(await learning).toBe(true);
    states.say({ ...seen, parts: { ...seen.parts, pods } });
    const inVain = feed.learn(['shop', 'bank']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await inVain).toBe(false);
  });

  it('joins a state once, however many ask', () => {
    const { states, feed } = start();
    let changes = 0;
    feed.watch(() => changes++);
    const state = withNamespaces('shop');
    states.say(state);
    expect(feed.current()).toBe(feed.current());
    expect(feed.current()?.inventory.namespaces.map(({ name }) => name)).toEqual(['shop']);
    states.say(state);
    expect(changes).toBe(1);
    states.say(withNamespaces('shop', 'yard'));
    expect(changes).toBe(2);
    expect(feed.current()?.inventory.namespaces.length).toBe(2);
  });

  it('says of a cluster that has not answered that it has not, since when', () => {
    const { feed } = start();
    vi.setSystemTime(5_000);
    feed.watch(() => undefined);
    expect(feed.current()).toBeNull();
    expect(Object.values(feed.parts())).toEqual([
      {
        state: 'failed',
        since: '1970-01-01T00:00:05.000Z',
        message: expect.stringContaining('not answered'),
      },
    ]);
  });

  it('says which right is missing, and nothing of kinds that the cluster does not have', () => {
    const { states, feed } = start();
    feed.watch(() => undefined);
    const state = stateOf({}, { pods: 'denied', externalWorkloads: 'absent' });
    const denied = { ...state.parts.pods, message: 'no right to list pods', remedy: 'grant it' };
    states.say({ ...state, parts: { ...state.parts, pods: denied } });
    expect(feed.parts()).toMatchObject({
      'kubernetes:pods': { state: 'failed', message: 'no right to list pods; grant it' },
      'kubernetes:externalWorkloads': { state: 'fresh', message: null },
    });
  });

  it('looks again for what is missing when somebody comes, but not for everybody who does', () => {
    const { states, feed } = start();
    feed.watch(() => undefined);
    states.say(withNamespaces('shop'));
    feed.watch(() => undefined);
    expect(states.nudges).toBe(0);
    states.say(stateOf({}, { pods: 'denied' }));
    for (let i = 0; i < 5; i++) feed.watch(() => undefined)();
    expect(states.nudges).toBe(1);
    vi.setSystemTime(10_000);
    feed.watch(() => undefined);
    expect(states.nudges).toBe(2);
  });

  it('is settled with the first answer, or after a while without one, and stays so', async () => {
    const { states, feed } = start();
    const settled: string[] = [];
    feed.watch(() => undefined);
    void feed.settled().then(() => settled.push('late'));
    await vi.advanceTimersByTimeAsync(999);
    expect(settled).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(settled).toEqual(['late']);
    await feed.settled();

    const other = start();
    other.feed.watch(() => undefined);
    void other.feed.settled().then(() => settled.push('at once'));
    other.states.say(withNamespaces('shop'));
    await vi.advanceTimersByTimeAsync(0);
    expect(settled).toEqual(['late', 'at once']);
    states.say(withNamespaces('shop'));
  });

  it('catches up after a short absence of viewers, and forgets everything in a long one', () => {
    const { states, feed } = start();
    const stop = feed.watch(() => undefined);
    states.say(withNamespaces('shop'));
    stop();
    states.say(withNamespaces('shop', 'yard'));
    const again = feed.watch(() => undefined);
    expect(feed.current()?.inventory.namespaces.length).toBe(2);
    again();
    states.forget();
    feed.watch(() => undefined);
    expect(feed.current()).toBeNull();
  });
});
