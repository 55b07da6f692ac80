// The matrix that is shown: made in a worker, one at a time; what came in between is never made.

import type { Matrix, MatrixAsk } from '@latchwork/graph/matrix/matrix';
import { MatrixMaker, type MatrixTask } from './matrix-maker.ts';
import type { MatrixReply } from './matrix-worker.ts';

export type Asked = Omit<MatrixTask, 'graph'> & { graph: MatrixAsk['graph'] };

export class MatrixMaking {
  #matrix = $state.raw<Matrix | null>(null);
  #failure = $state<string | null>(null);
  #worker: Worker | null;
  #onmade: (matrix: Matrix) => void;
  #maker = new MatrixMaker();
  #isBusy = false;
  #later: ReturnType<typeof setTimeout> | undefined;
  #next: Asked | null = null;
  #sent: MatrixAsk['graph'] | null = null;

  /** Null where there are no workers. */
  constructor(worker: Worker | null, onmade: (matrix: Matrix) => void) {
    this.#worker = worker;
    this.#onmade = onmade;
    worker?.addEventListener('message', ({ data }: MessageEvent<MatrixReply>) => {
      this.#isBusy = false;
      if ('failure' in data) this.#failure = data.failure;
      else this.#take(data.matrix);
      this.#post();
    });
    worker?.addEventListener('error', ({ message }) => {
      this.#isBusy = false;
      this.#failure = message;
    });
  }

  /** Null until the first one is there. */
  get matrix(): Matrix | null {
    return this.#matrix;
  }

  /** Why the newest could not be made; null while it can. */
  get failure(): string | null {
    return this.#failure;
  }

  make(asked: Asked): void {
    this.#next = asked;
    // To hand a whole graph over takes a while: not in the task that reads a refresh and counts its edges.
    if (this.#worker && asked.graph !== this.#sent) this.#later ??= setTimeout(() => this.#post(), 0);
    else this.#post();
  }

  stop(): void {
    clearTimeout(this.#later);
    this.#worker?.terminate();
  }

  #take(matrix: Matrix): void {
    this.#failure = null;
    this.#matrix = matrix;
    this.#onmade(matrix);
  }

  #post(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    const asked = this.#next;
    if (!asked || this.#isBusy) return;
    this.#next = null;
    const graph = asked.graph === this.#sent ? null : asked.graph;
    this.#sent = asked.graph;
    // Of the graph only what a matrix is made of travels.
    const task = { ...asked, graph: graph && { nodes: graph.nodes, edges: graph.edges } };
    this.#isBusy = this.#worker !== null;
    if (this.#worker) this.#worker.postMessage(task satisfies MatrixTask);
    else this.#take(this.#maker.make(task));
  }
}

export function startMatrixWorker(): Worker | null {
  if (typeof Worker === 'undefined') return null;
  return new Worker(new URL('./matrix-worker.ts', import.meta.url), { type: 'module' });
}
