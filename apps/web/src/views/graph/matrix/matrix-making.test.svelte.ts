import { describe, expect, it } from 'vitest';
import { STEADY } from '../test-data/steady.ts';
import { MatrixMaker, type MatrixTask } from './matrix-maker.ts';
import { type Asked, MatrixMaking } from './matrix-making.svelte.ts';

const ASKED: Asked = {
  graph: STEADY,
  scope: 'all',
  wish: { folded: new Set(), focus: null, hidden: [], only: null },
  successTarget: 0.99,
};

/** Answers when it is told to. */
class SlowWorker extends EventTarget {
  readonly tasks: MatrixTask[] = [];
  readonly #maker = new MatrixMaker();

  postMessage(task: MatrixTask) {
    this.tasks.push(task);
  }

  answer() {
    const data = { matrix: this.#maker.make(this.tasks.at(-1)!) };
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  terminate() {}
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('MatrixMaking', () => {
  it('makes a matrix at once where there are no workers', () => {
    const making = new MatrixMaking(null, () => {});
    making.make(ASKED);
    expect(making.matrix?.rows.length).toBeGreaterThan(10);
  });

  it('hands a graph over once, and makes only the newest of what came in between', async () => {
    const worker = new SlowWorker();
    const made: number[] = [];
    const making = new MatrixMaking(worker as unknown as Worker, ({ rows }) => made.push(rows.length));
    making.make(ASKED);
    await nextTask();
    const folding = (name: string) => ({ ...ASKED, wish: { ...ASKED.wish, folded: new Set([name]) } });
    making.make(folding('storefront'));
    making.make(folding('fulfilment'));
    expect(worker.tasks).toHaveLength(1);
    worker.answer();
    expect(worker.tasks).toHaveLength(2);
    expect(worker.tasks[1]?.graph).toBeNull();
    expect([...worker.tasks[1]!.wish.folded]).toEqual(['fulfilment']);
    worker.answer();
    expect(made[1]).toBeLessThan(made[0]!);
  });

  it('says why one could not be made, and shows the next that can', async () => {
    const worker = new SlowWorker();
    const making = new MatrixMaking(worker as unknown as Worker, () => {});
    making.make(ASKED);
    await nextTask();
    worker.dispatchEvent(new MessageEvent('message', { data: { failure: 'out of memory' } }));
    expect(making.failure).toBe('out of memory');
    making.make({ ...ASKED, graph: { ...STEADY } });
    await nextTask();
    worker.answer();
    expect(making.failure).toBeNull();
  });
});
