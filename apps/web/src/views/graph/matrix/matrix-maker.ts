// Makes one matrix after the other, and remembers in between: the graph, so that it travels once, and the order.

import { type Matrix, type MatrixAsk, type MatrixWish, toMatrix } from '@latchwork/graph/matrix/matrix';
import { type MatrixOrder, toOrder } from '@latchwork/graph/matrix/order';

export interface MatrixTask {
  /** Null: the same as before. */
  graph: MatrixAsk['graph'] | null;
  /** Another one begins a new order. */
  scope: string;
  wish: MatrixWish;
  successTarget: number;
}

export class MatrixMaker {
  #graph: MatrixAsk['graph'] = { nodes: [], edges: [] };
  #order: MatrixOrder | null = null;
  #scope: string | null = null;

  make({ graph, scope, wish, successTarget }: MatrixTask): Matrix {
    if (scope !== this.#scope) this.#order = null;
    this.#scope = scope;
    if (graph || this.#order === null) {
      this.#graph = graph ?? this.#graph;
      this.#order = toOrder(this.#graph.nodes, this.#graph.edges, this.#order);
    }
    return toMatrix({ graph: this.#graph, wish, successTarget }, this.#order);
  }
}
