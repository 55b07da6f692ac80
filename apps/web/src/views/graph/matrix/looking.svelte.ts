// What the reader of a matrix looks at: the cell that has the focus, the spot under the pointer, and what is selected.

import { cellIn } from '@latchwork/graph/matrix/cell';
import { itemIdFor } from '@latchwork/graph/matrix/item';
import type { MatrixLit } from '@latchwork/graph/matrix/look';
import type { Matrix } from '@latchwork/graph/matrix/matrix';
import type { MatrixSpot } from '@latchwork/graph/matrix/sizes';
import { type CellPlace, firstCall } from '@latchwork/graph/matrix/steps';
import { edgeEnds } from '@latchwork/shared/edge-id';
import type { Node } from '@latchwork/shared/node';

export interface Looked {
  matrix: Matrix | null;
  /** By id: what is folded stands for them. */
  nodes: ReadonlyMap<string, Node>;
  /** As the address says it. */
  selected: string | null;
}

const NOWHERE: MatrixLit = { row: null, column: null };

export class Looking {
  #of: () => Looked;
  // By id, so that a refresh and a fold leave the reader where they are.
  #current = $state.raw<{ row: string; column: string } | null>(null);
  #spot = $state.raw<MatrixSpot | null>(null);
  isFocused = $state(false);

  readonly #rowAt = $derived.by(() => placesOf(this.#of().matrix, 'rows'));
  readonly #columnAt = $derived.by(() => placesOf(this.#of().matrix, 'columns'));
  readonly selected = $derived.by(() => {
    const { selected } = this.#of();
    const ends = selected === null ? null : edgeEnds(selected);
    return ends && this.#placeOf(ends.source, ends.target);
  });
  /** A workload or box: its row and its column. */
  readonly #selectedItem = $derived.by((): MatrixLit => {
    const { selected } = this.#of();
    if (selected === null) return NOWHERE;
    return { row: this.#placeIn(this.#rowAt, selected), column: this.#placeIn(this.#columnAt, selected) };
  });
  /** Where the keys are. */
  readonly current = $derived.by(() => {
    const { matrix } = this.#of();
    const own = this.#current && this.#placeOf(this.#current.row, this.#current.column);
    return own ?? this.selected ?? (matrix && firstCall(matrix));
  });
  /** Null as well when the matrix shrank under the pointer. */
  readonly pointed = $derived.by(() => {
    const { matrix } = this.#of();
    const spot = this.#spot;
    if (!spot || !matrix) return null;
    return (spot.row ?? 0) < matrix.rows.length && (spot.column ?? 0) < matrix.columns.length ? spot : null;
  });
  readonly lit = $derived.by((): MatrixLit => {
    if (this.pointed) return this.pointed;
    return (this.isFocused ? this.current : null) ?? this.selected ?? this.#selectedItem;
  });
  /** The cell that is told in words. */
  readonly told = $derived.by(() => {
    if (this.pointed) return asCell(this.pointed);
    return this.isFocused ? this.current : this.selected;
  });
  readonly ringed = $derived.by(() => {
    const told = this.told && (this.isFocused || this.cellAt(this.told)) ? this.told : null;
    return [this.selected, told].filter((at) => at !== null);
  });

  constructor(of: () => Looked) {
    this.#of = of;
  }

  point(spot: MatrixSpot | null): void {
    this.#spot = spot;
  }

  goTo({ row, column }: CellPlace): void {
    const { matrix } = this.#of();
    if (!matrix) return;
    this.#current = { row: idAt(matrix, 'rows', row), column: idAt(matrix, 'columns', column) };
    this.#spot = null;
  }

  cellAt({ row, column }: CellPlace) {
    const { matrix } = this.#of();
    return matrix && cellIn(matrix.cells, row, column);
  }

  #placeOf(source: string, target: string): CellPlace | null {
    const [row, column] = [this.#placeIn(this.#rowAt, source), this.#placeIn(this.#columnAt, target)];
    return row === null || column === null ? null : { row, column };
  }

  #placeIn(places: ReadonlyMap<string, number>, id: string): number | null {
    const shown = itemIdFor(
      id,
      (one) => places.has(one),
      (one) => this.#of().nodes.get(one),
    );
    return shown === null ? null : (places.get(shown) ?? null);
  }
}

export function asCell({ part, row, column }: MatrixSpot): CellPlace | null {
  return part === 'cells' && row !== null && column !== null ? { row, column } : null;
}

type Side = 'rows' | 'columns';

function idAt(matrix: Matrix, side: Side, at: number): string {
  return matrix.items[matrix[side][at]!]!.id;
}

function placesOf(matrix: Matrix | null, side: Side): ReadonlyMap<string, number> {
  return new Map(matrix?.[side].map((item, at) => [matrix.items[item]!.id, at]));
}
