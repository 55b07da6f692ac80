import type { PictureAsk } from '@latchwork/graph/fold/picture-shape';
import type { Graph } from '@latchwork/shared/graph';
import { beforeAll, describe, expect, it } from 'vitest';
import { STEADY } from '../../test-data/steady.ts';
import { Arrangement } from './arrangement.svelte.ts';
import type { LayoutRequest } from './layout-worker.ts';
import { loadPictureMaker } from './picture-maker.ts';

const key = { scope: '', focus: null, view: '' };
const none = () => null;

function ask(graph: Graph = STEADY, folded: string[] = []): PictureAsk {
  const wish = {
    focus: null,
    scope: [],
    folded,
    unfolded: [],
    hidden: [],
    only: null,
    lines: 'strong' as const,
  };
  return { graph, wish, byItself: new Set(), room: { width: 1400, height: 800 }, successTarget: 0.99 };
}

function cards(arrangement: Arrangement) {
  return arrangement.drawn?.picture.layout.cards ?? [];
}

function places(arrangement: Arrangement) {
  return new Map(cards(arrangement).map(({ id, x, y }) => [id, `${x} ${y}`]));
}

describe('Arrangement', () => {
  beforeAll(loadPictureMaker);

  it('keeps every place when data changes', () => {
    const arrangement = new Arrangement(none);
    arrangement.arrange(ask(), key);
    const before = places(arrangement);
    const less = { ...STEADY, edges: STEADY.edges.filter(({ target }) => !target.includes('cart')) };
    arrangement.arrange(ask(less), key);
    expect(places(arrangement)).toEqual(before);
    expect(arrangement.drawn?.generation).toBe(0);
  });

  it('brings the old picture back after fold and unfold', () => {
    const arrangement = new Arrangement(none);
    arrangement.arrange(ask(), key);
    const before = cards(arrangement);
    arrangement.arrange(ask(STEADY, ['fulfilment']), { ...key, view: 'folded' });
    const web = 'storefront/deployment/web';
    expect(cards(arrangement).find(({ id }) => id === web)).toEqual(before.find(({ id }) => id === web));
    arrangement.arrange(ask(), key);
    expect(cards(arrangement)).toEqual(before);
  });

  it('says so when a picture cannot be made, and goes on with the next', () => {
    const arrangement = new Arrangement(none);
    arrangement.arrange(ask({ ...STEADY, nodes: [...STEADY.nodes, null as never] }), key);
    expect(arrangement.failure).not.toBeNull();
    arrangement.arrange(ask(), key);
    expect(arrangement.failure).toBeNull();
    expect(cards(arrangement).length).toBeGreaterThan(10);
  });

  it('gives a large graph to the worker, one at a time, and only the newest of those that wait', () => {
    const worker = new FakeWorker();
    const arrangement = new Arrangement(() => worker as unknown as Worker);
    for (const at of [1, 2, 3]) arrangement.arrange(ask(large(at)), key);
    expect(arrangement.drawn).toBeNull();
    expect(worker.asked.map(({ id }) => id)).toEqual([1]);
    worker.answer(1);
    expect(arrangement.drawn).not.toBeNull();
    expect(worker.asked.map(({ id }) => id)).toEqual([1, 3]);
    arrangement.stop();
    expect(worker.isTerminated).toBe(true);
  });

  it('hands a graph over once, however often it is folded and filtered', () => {
    const worker = new FakeWorker();
    const arrangement = new Arrangement(() => worker as unknown as Worker);
    const graph = large(1);
    arrangement.arrange(ask(graph), key);
    worker.answer(1);
    arrangement.arrange(ask(graph, ['fulfilment']), { ...key, view: 'folded' });
    expect(worker.asked.map(({ ask }) => ask.graph === null)).toEqual([false, true]);
  });

  it('draws no answer to what nobody looks at any more', () => {
    const worker = new FakeWorker();
    const arrangement = new Arrangement(() => worker as unknown as Worker);
    arrangement.arrange(ask(large(1)), key);
    arrangement.arrange(ask(large(1)), { ...key, focus: 'a' });
    worker.answer(1);
    expect(arrangement.drawn).toBeNull();
    worker.answer(2);
    expect(arrangement.drawn).not.toBeNull();
  });
});

function large(seed: number): Graph {
  const web = STEADY.nodes.find(({ id }) => id === 'storefront/deployment/web');
  const nodes = Array.from({ length: 90 }, (_, i) => ({
    ...web,
    id: `a/deployment/w${i}-${seed}`,
    name: `w${i}`,
  }));
  return { ...STEADY, nodes: nodes as Graph['nodes'], edges: [] };
}

class FakeWorker {
  asked: LayoutRequest[] = [];
  isTerminated = false;
  #listener: (event: { data: unknown }) => void = () => {};

  addEventListener(type: string, listener: (event: { data: unknown }) => void) {
    if (type === 'message') this.#listener = listener;
  }

  postMessage(request: LayoutRequest) {
    this.asked.push(request);
  }

  answer(id: number) {
    const layout = { x: 0, y: 0, width: 1, height: 1, boxes: [], cards: [], links: [], state: {} };
    this.#listener({ data: { id, picture: { kind: 'whole', layout } } });
  }

  terminate() {
    this.isTerminated = true;
  }
}
