import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeStore, factsOf, sample } from '../../../../test/inputs/fake-store.ts';
import type { PartName } from '../../../mesh/answers.ts';
import { toGraph } from '../../../mesh/graph.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { recordName } from '../../../sources/prometheus/questions/recorded.ts';
import type { Sample } from '../../../sources/prometheus/sample.ts';
import { createCollector } from '../collector.ts';
import { QUESTIONS } from './questions.ts';

const PARTS = QUESTIONS.filter(({ reach, part }) => !reach || part === 'outboundLatency').map(
  ({ part }) => part,
);
const WHOLE = { namespaces: [], noise: 'hide' } as const;

/** A store whose rules answer everything ahead, unless a part is late or has none. */
class RuledStore extends FakeStore {
  readonly recorded: { readonly part: PartName; readonly text: string }[] = [];
  readonly ageSeconds = new Map<PartName, number | null>();

  override async query(text: string, options: Parameters<FakeStore['query']>[1]): Promise<Sample[]> {
    const name = /latchwork:\w+:rate1m/.exec(text)?.[0];
    const part = text.startsWith('latchwork:') ? PARTS.find((one) => recordName(one) === name) : undefined;
    if (!part) return super.query(text, options);
    this.recorded.push({ part, text });
    const age = this.ageSeconds.get(part);
    if (age === null) return [];
    const mark = sample({ __name__: name ?? '', latchwork_rules: '2' }, options.atSeconds - (age ?? 10));
    return [...(this.answers.get(part) ?? []), mark];
  }
}

let store: RuledStore;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T15:47:10Z') });
  store = new RuledStore();
  store.answers.set('facts', [...factsOf(10), sample({ fact: 'rules' }, 1)]);
});
afterEach(() => {
  vi.useRealTimers();
});

async function lookFor(seconds: number, windowSeconds = 60): Promise<Mesh[]> {
  const meshes: Mesh[] = [];
  const collector = createCollector({ client: store, matchers: ['cluster="east"'], defaultAtSeconds: null });
  collector.subscribe(
    { windowSeconds, atSeconds: null },
    { data: (mesh) => void meshes.push(mesh), trouble: () => undefined },
  );
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  collector.close();
  return meshes;
}

const rawParts = () => store.takeAsked().filter((name) => (PARTS as string[]).includes(name));

describe('a store whose recording rules answer ahead', () => {
  it('is asked for their answers alone, and says so', async () => {
    const mesh = (await lookFor(1)).at(-1);
    expect(rawParts()).toEqual([]);
    expect(store.recorded.map(({ part }) => part).sort()).toEqual([...PARTS].sort());
    expect(store.recorded.map(({ text }) => text)).toContain('latchwork:outbound:rate1m{cluster="east"}');
    expect(mesh?.parts['rules']).toMatchObject({
      state: 'fresh',
      message: 'the answers of the recording rules were read',
    });
    const ruled = mesh && toGraph(mesh, WHOLE);
    store.answers.set('facts', factsOf(10));
    const plain = (await lookFor(1)).at(-1);
    const read = plain && toGraph(plain, WHOLE);
    expect(ruled?.edges).toEqual(read?.edges);
    expect(ruled?.nodes).toEqual(read?.nodes);
    expect(plain?.parts).not.toHaveProperty('rules');
  });

  it('is said to be read so, while somebody looks', async () => {
    const collector = createCollector({ client: store, matchers: [], defaultAtSeconds: null });
    expect(collector.numbersFrom()).toBeNull();
    const stop = collector.subscribe({ windowSeconds: 60, atSeconds: null }, { data() {}, trouble() {} });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(collector.numbersFrom()).toBe('the answers of the recording rules were read');
    stop();
    collector.close();
  });

  it('is asked as ever, in the same refresh, for what the rules have no answer of now for', async () => {
    store.ageSeconds.set('outbound', 100).set('volume', null);
    const mesh = (await lookFor(1)).at(-1);
    expect(rawParts()).toEqual(['outbound', 'volume']);
    expect(mesh && toGraph(mesh, WHOLE).edges).toHaveLength(1);
    expect(mesh?.parts['rules']).toMatchObject({
      state: 'fresh',
      message:
        'the recording rules have no answer of now for outbound, volume: the series themselves were read',
    });
    expect(mesh?.parts['outbound']?.state).toBe('fresh');
  });

  it('is asked as ever for another window', async () => {
    const mesh = (await lookFor(1, 300)).at(-1);
    expect(store.recorded).toEqual([]);
    expect(mesh?.parts['rules']?.message).toMatch(/^the recording rules are for a window of 1 minute: /);
  });

  it('is asked by pod, in the same refresh, where a pod has no owner', async () => {
    const bare = { namespace: 'shop', dst_namespace: 'shop', dst_deployment: 'web' };
    store.answers.set('open', [sample({ ...bare, target_port: '8080' }, 2)]);
    await lookFor(1);
    expect(rawParts()).toEqual(['open']);
  });
});
