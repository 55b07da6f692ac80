import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeStore, factsOf } from '../../../../test/inputs/fake-store.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { createCollector } from '../collector.ts';
import { toEdgesInView } from './edge-latency.ts';
import { isCovered } from './question.ts';

const LIVE = { windowSeconds: 60, atSeconds: null };
const PAST = { windowSeconds: 60, atSeconds: 1_795_448_830 };

describe('toEdgesInView(namespaces, workloads)', () => {
  it('is all edges of a small mesh, whatever is chosen', () => {
    expect(toEdgesInView(['shop'], 100)).toBe('all');
  });

  it('is the chosen namespaces of a large one, each once, and at most five', () => {
    expect(toEdgesInView(['shop', 'bank', 'shop'], 101)).toEqual(['bank', 'shop']);
    expect(toEdgesInView([], 101)).toEqual([]);
    expect(toEdgesInView(['f', 'e', 'd', 'c', 'b', 'a'], 101)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('isCovered(wanted, asked)', () => {
  it('compares what is wanted with what was asked', () => {
    expect(isCovered('all', 'all')).toBe(true);
    expect(isCovered(['shop'], 'all')).toBe(true);
    expect(isCovered('all', ['shop'])).toBe(false);
    expect(isCovered(['shop'], ['bank', 'shop'])).toBe(true);
    expect(isCovered(['shop'], ['bank'])).toBe(false);
    expect(isCovered([], [])).toBe(true);
  });
});

describe('the collector of a large mesh', () => {
  let store: FakeStore;
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-11-23T15:47:10Z') });
    store = new FakeStore();
    store.answers.set('facts', factsOf(10, 200));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const create = () => createCollector({ client: store, matchers: [], defaultAtSeconds: null });
  const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);
  const edgeQuestions = () => store.asked.filter(({ name }) => name === 'outboundLatency');
  const meshes: Mesh[] = [];
  const watching = () => ({ data: (mesh: Mesh) => void meshes.push(mesh), trouble: () => undefined });

  it('asks for the latencies of no edge while all look at the whole, and says so', async () => {
    create().subscribe(LIVE, watching());
    await seconds(35);
    expect(edgeQuestions()).toEqual([]);
    const { parts, diagnoses } = meshes.at(-1)!;
    expect(parts).not.toHaveProperty('outboundLatency');
    expect(diagnoses.map(({ code }) => code)).toEqual(['edge-latency-in-view']);
  });

  it('asks for those of a namespace in the first round after someone chose it, then at the usual pace', async () => {
    const collector = create();
    collector.subscribe(LIVE, watching());
    await seconds(11);
    const leave = collector.subscribe(LIVE, watching(), { outboundLatency: ['shop'] });
    await seconds(10);
    expect(edgeQuestions()).toHaveLength(1);
    expect(edgeQuestions()[0]?.text).toContain('namespace=~"shop"');
    expect(meshes.at(-1)!.picture(false).edges[0]?.edge.http?.p95Ms).not.toBeNull();
    await seconds(60);
    expect(edgeQuestions()).toHaveLength(3);

    leave();
    await seconds(10);
    expect(meshes.at(-1)!.picture(false).edges[0]?.edge.http?.p95Ms).toBeNull();
  });

  it('asks about a moment again for a namespace that was not in view, and only then', async () => {
    const collector = create();
    await vi.advanceTimersByTimeAsync(0);
    const read = async (...namespaces: string[]) => {
      const answer = collector.read(PAST, { outboundLatency: namespaces });
      await seconds(1);
      return (await answer).picture(false).edges[0]?.edge.http?.p95Ms;
    };
    expect(await read()).toBeNull();
    const first = store.asked.length;
    expect(await read('shop')).not.toBeNull();
    expect(store.asked.length).toBeGreaterThan(first);
    const second = store.asked.length;
    await read('shop');
    await read();
    expect(store.asked.length).toBe(second);
  });

  it('asks for the latencies of probes and scrapes only while someone looks at them', async () => {
    const collector = create();
    const noise = () => store.asked.splice(0).filter(({ name }) => name === 'noiseLatency').length;
    collector.subscribe(LIVE, watching());
    await seconds(31);
    expect(noise()).toBe(0);
    const leave = collector.subscribe(LIVE, watching(), { noiseLatency: ['all'] });
    await seconds(10);
    expect(noise()).toBe(1);
    leave();
    await seconds(40);
    expect(noise()).toBe(0);
  });

  it('forgets what was only read after a while', async () => {
    const collector = create();
    for (let time = 0; time < 3; time++) {
      const answer = collector.read(PAST);
      await seconds(1);
      await answer;
    }
    const asked = store.asked.length;
    await seconds(20);
    const again = collector.read(PAST);
    await seconds(1);
    await again;
    expect(store.asked.length).toBeGreaterThan(asked);
    collector.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
