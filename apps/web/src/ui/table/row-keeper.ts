// Remembers in which order a table's rows are shown. Not state: each answer depends on the last one, and that is all it keeps.

import { type Direction, heldOrder, isClearlyOff, type Ranked, rowsToMove, sortRanked } from './row-order.ts';

export interface RowKeeping {
  rows: readonly Ranked[];
  direction: Direction;
  /** Somebody reads: nothing moves. */
  held: boolean;
  /** What the reader asked for; another one sorts anew at once. */
  asked: string;
}

export interface KeptRows {
  keys: readonly string[];
  /** How many rows a sort would move now. */
  moves: number;
}

export class RowKeeper {
  #keys: readonly string[] = [];
  #asked: string | undefined;

  keep({ rows, direction, held, asked }: RowKeeping): KeptRows {
    const wanted = sortRanked(rows, direction).map(({ key }) => key);
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.#keys = wanted;
      return { keys: wanted, moves: 0 };
    }
    const shown = heldOrder(this.#keys, wanted);
    const values = new Map(rows.map((row) => [row.key, row]));
    const isOff = isClearlyOff(
      shown.map((key) => values.get(key) as Ranked),
      direction,
    );
    this.#keys = isOff && !held ? wanted : shown;
    return { keys: this.#keys, moves: isOff && held ? rowsToMove(shown, wanted) : 0 };
  }
}
