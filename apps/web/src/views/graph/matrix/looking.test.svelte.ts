import { toMatrix } from '@latchwork/graph/matrix/matrix';
import { toOrder } from '@latchwork/graph/matrix/order';
import { describe, expect, it } from 'vitest';
import { STEADY } from '../test-data/steady.ts';
import { Looking } from './looking.svelte.ts';

const order = toOrder(STEADY.nodes, STEADY.edges, null);
const matrixOf = (...folded: string[]) =>
  toMatrix(
    {
      graph: STEADY,
      wish: { folded: new Set(folded), focus: null, hidden: [], only: null },
      successTarget: 0.99,
    },
    order,
  );

const nodes = new Map(STEADY.nodes.map((node) => [node.id, node]));
const WEB = 'storefront/deployment/web';
const CART = 'storefront/deployment/cart';

/** With ids instead of indices, which a fold changes. */
function seenBy(looking: Looking, matrix = matrixOf()) {
  const name = (side: readonly number[], at: number | null) =>
    at === null ? null : matrix.items[side[at]!]!.id;
  const told = (at: { row: number | null; column: number | null } | null) =>
    at && [name(matrix.rows, at.row), name(matrix.columns, at.column)];
  return { current: told(looking.current), lit: told(looking.lit) };
}

class Shown {
  matrix = $state.raw(matrixOf());
}

describe('Looking', () => {
  it('begins at what is selected, and lights its row and column', () => {
    const matrix = matrixOf();
    const looking = new Looking(() => ({ matrix, nodes, selected: `${WEB}~${CART}` }));
    expect(seenBy(looking)).toEqual({ current: [WEB, CART], lit: [WEB, CART] });
  });

  it('lights the row and the column of a workload', () => {
    const matrix = matrixOf();
    expect(seenBy(new Looking(() => ({ matrix, nodes, selected: CART }))).lit).toEqual([CART, CART]);
  });

  it('stays where it is when a namespace folds over it', () => {
    const shown = new Shown();
    const looking = new Looking(() => ({ matrix: shown.matrix, nodes, selected: null }));
    looking.goTo({
      row: shown.matrix.rows.findIndex((item) => shown.matrix.items[item]!.id === WEB),
      column: shown.matrix.columns.findIndex((item) => shown.matrix.items[item]!.id === CART),
    });
    shown.matrix = matrixOf('storefront');
    expect(seenBy(looking, shown.matrix).current).toEqual(['folded:storefront', 'folded:storefront']);
    shown.matrix = matrixOf();
    expect(seenBy(looking, shown.matrix).current).toEqual([WEB, CART]);
  });

  it('forgets a pointer under which the matrix shrank', () => {
    const shown = new Shown();
    const looking = new Looking(() => ({ matrix: shown.matrix, nodes, selected: null }));
    looking.point({ part: 'cells', row: shown.matrix.rows.length - 1, column: 0, along: 0 });
    expect(looking.pointed).not.toBeNull();
    shown.matrix = matrixOf('storefront', 'fulfilment');
    expect(looking.pointed).toBeNull();
  });
});
