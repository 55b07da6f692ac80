import { describe, expect, it } from 'vitest';
import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import type { Sample } from '../../../sources/prometheus/sample.ts';
import { PodOwners } from './pod-owners.ts';

const podOf = (pod: string, labels = {}): Sample => ({
  labels: { namespace: 'jobs', pod, ...labels },
  value: 1,
});
const BUILD = podOf('build-7', { job_name: 'build' });

/** A store that answers what `answer` says; undefined: it fails. */
function storeWith(answer: () => readonly Sample[] | undefined) {
  let nowMs = 0;
  let asked = 0;
  const owners = new PodOwners(() => nowMs);
  const client = {
    query: async () => {
      asked++;
      const pods = answer();
      if (pods === undefined) throw new Error('too many samples');
      return pods;
    },
  } as unknown as PrometheusClient;
  return {
    owners,
    asked: () => asked,
    async settle(afterSeconds: number, signal = new AbortController().signal) {
      nowMs += afterSeconds * 1000;
      const moment = nowMs / 1000;
      await owners.settled({ client, matchers: [], moment, windowSeconds: 60, signal });
    },
  };
}

describe('owners of pods by their labels', () => {
  it('are asked again in the next round when the first one was let go', async () => {
    const leaving = new AbortController();
    const store = storeWith(() => (leaving.signal.aborted ? [BUILD] : undefined));
    const first = store.settle(0, leaving.signal);
    leaving.abort();
    await first;
    await store.settle(1);
    expect(store.owners.known.size).toBe(1);
  });

  it('are asked again soon when the store refused', async () => {
    let isBack = false;
    const store = storeWith(() => (isBack ? [BUILD] : undefined));
    await store.settle(0);
    isBack = true;
    await store.settle(2);
    expect(store.asked()).toBe(1);
    await store.settle(2);
    expect(store.owners.known.size).toBe(1);
    await store.settle(200);
    expect(store.asked()).toBe(2);
  });

  it('are asked once for a pod that the answer does not have', async () => {
    const store = storeWith(() => [BUILD]);
    await store.settle(0);
    for (let round = 0; round < 10; round++) {
      store.owners.meet([BUILD, podOf('without-version')]);
      await store.settle(15);
    }
    expect(store.asked()).toBe(2);
  });
});

describe('owners of pods that say nothing of themselves', () => {
  const signal = new AbortController().signal;
  const owners = new PodOwners(() => 0);
  const called = {
    labels: { dst_namespace: 'jobs', dst_pod: 'db-0', dst_statefulset: 'db', dst_service: 'db' },
    value: 1,
  };
  const pods = [podOf('db-0'), podOf('web-6d5f8c7b9-x2x4z'), podOf('web-2'), BUILD];
  const client = {
    query: async (text: string) => (text.includes('dst_pod') ? [called] : pods),
  } as unknown as PrometheusClient;

  it('are told by those who call them, else by the hash of a template in their names', async () => {
    await owners.settled({ client, matchers: [], moment: 0, windowSeconds: 60, signal });
    expect(Object.fromEntries(owners.known)).toEqual({
      'jobs/pod/build-7': 'jobs/job/build',
      'jobs/pod/db-0': 'jobs/statefulset/db',
      'jobs/pod/web-6d5f8c7b9-x2x4z': 'jobs/deployment/web',
    });
    expect(owners.guessed).toBe(2);
  });
});
