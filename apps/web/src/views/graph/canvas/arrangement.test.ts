import { toScene } from '@latchwork/graph/scene/scene';
import { describe, expect, it } from 'vitest';
import { STEADY } from '../test-data/steady.ts';
import { Arrangement } from './arrangement.svelte.ts';

const key = { scope: '', focus: null, view: '' };
const none = () => null;

function places(arrangement: Arrangement) {
  return new Map(arrangement.drawn?.layout.cards.map(({ id, x, y }) => [id, `${x} ${y}`]));
}

describe('Arrangement', () => {
  it('keeps every place when data changes', () => {
    const arrangement = new Arrangement(none);
    arrangement.arrange(toScene(STEADY), key, 0);
    const before = places(arrangement);
    const less = { ...STEADY, edges: STEADY.edges.filter(({ target }) => !target.includes('cart')) };
    arrangement.arrange(toScene(less), key, 0);
    expect(places(arrangement)).toEqual(before);
    expect(arrangement.drawn?.generation).toBe(0);
  });

  it('brings the old picture back after fold and unfold', () => {
    const arrangement = new Arrangement(none);
    arrangement.arrange(toScene(STEADY), key, 0);
    const before = arrangement.drawn?.layout;
    arrangement.arrange(toScene(STEADY, { folded: new Set(['fulfilment']) }), { ...key, view: 'folded' }, 0);
    const web = 'storefront/deployment/web';
    expect(arrangement.drawn?.layout.cards.find(({ id }) => id === web)).toEqual(
      before?.cards.find(({ id }) => id === web),
    );
    arrangement.arrange(toScene(STEADY), key, 0);
    expect(arrangement.drawn?.layout.cards).toEqual(before?.cards);
  });

  it('says so when a scene cannot be laid out, and goes on with the next', () => {
    const arrangement = new Arrangement(none);
    const scene = toScene(STEADY);
    arrangement.arrange({ ...scene, cards: [...scene.cards, null as never] }, key, 0);
    expect(arrangement.failure).not.toBeNull();
    arrangement.arrange(scene, key, 0);
    expect(arrangement.failure).toBeNull();
    expect(arrangement.drawn?.scene).toBe(scene);
  });

  it('gives a large scene to the worker, and draws only the newest answer', () => {
    const web = STEADY.nodes.find(({ id }) => id === 'storefront/deployment/web');
    const nodes = Array.from({ length: 90 }, (_, i) => ({
      ...web,
      id: `a/deployment/w${i}`,
      name: `w${i}`,
    }));
    const large = toScene({ nodes: nodes as typeof STEADY.nodes, edges: [] });
    const worker = new FakeWorker();
    const arrangement = new Arrangement(() => worker as unknown as Worker);
    arrangement.arrange(large, key, 0);
    arrangement.arrange(large, key, 1);
    expect(arrangement.drawn).toBeNull();
    worker.answer(1);
    expect(arrangement.drawn).toBeNull();
    worker.answer(2);
    expect(arrangement.drawn?.scene).toBe(large);
    arrangement.stop();
    expect(worker.isTerminated).toBe(true);
  });
});

class FakeWorker {
  asked: { id: number }[] = [];
  isTerminated = false;
  #listener: (event: { data: unknown }) => void = () => {};

  addEventListener(type: string, listener: (event: { data: unknown }) => void) {
    if (type === 'message') this.#listener = listener;
  }

  postMessage(request: { id: number }) {
    this.asked.push(request);
  }

  answer(id: number) {
    const layout = { x: 0, y: 0, width: 1, height: 1, boxes: [], cards: [], links: [], state: {} };
    this.#listener({ data: { id, layout } });
  }

  terminate() {
    this.isTerminated = true;
  }
}
