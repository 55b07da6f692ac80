// What a place in the grid costs its lines, before anything is routed.

/** Ends by index; `weight` above 1 for what is wrong. */
export interface GridLine {
  source: number;
  target: number;
  weight: number;
}

export interface GridPlaces {
  column: Int32Array;
  row: Int32Array;
}

const A_ROW = 0.5;
const A_COLUMN = 1.3;
const BACK = 12;
const A_COLUMN_BACK = 1.2;

/** Forward to the next column is free; back is dear, for such a line turns twice. */
export function lineCost({ column, row }: GridPlaces, { source, target, weight }: GridLine): number {
  const rows = A_ROW * Math.abs(row[source]! - row[target]!);
  const columns = column[target]! - column[source]!;
  return weight * (rows + (columns > 0 ? A_COLUMN * (columns - 1) : BACK + A_COLUMN_BACK * -columns));
}

/**
 * Lines as straight ones from cell to cell, for the many times that crossings are counted while cards are moved about: flat
 * numbers, kept up by `moved`, and most pairs told apart by their extents alone.
 */
export class Straight {
  readonly #source: Int32Array;
  readonly #target: Int32Array;
  /** From x, y, to x, y of each line, one after the other. */
  readonly #ends: Int32Array;
  /** Least and most x, then y. */
  readonly #extents: Int32Array;
  /** Of lines that are counted now, their place among them; else -1. */
  readonly #own: Int32Array;
  readonly #at: GridPlaces;

  constructor(at: GridPlaces, lines: readonly GridLine[]) {
    this.#at = at;
    this.#source = Int32Array.from(lines, ({ source }) => source);
    this.#target = Int32Array.from(lines, ({ target }) => target);
    this.#ends = new Int32Array(4 * lines.length);
    this.#extents = new Int32Array(4 * lines.length);
    this.#own = new Int32Array(lines.length).fill(-1);
    for (const line of lines.keys()) this.#place(line);
  }

  /** A card of these lines stands elsewhere. */
  moved(lines: readonly number[]): void {
    for (const line of lines) this.#place(line);
  }

  /** Between `own` and all lines; a pair of two own ones counts once. */
  crossings(own: readonly number[]): number {
    const places = this.#own;
    for (let i = 0; i < own.length; i++) places[own[i]!] = i;
    let crossings = 0;
    for (let i = 0; i < own.length; i++) crossings += this.#crossingsOf(own[i]!, i);
    for (let i = 0; i < own.length; i++) places[own[i]!] = -1;
    return crossings;
  }

  #place(line: number): void {
    const { column, row } = this.#at;
    const [source, target] = [this.#source[line]!, this.#target[line]!];
    const [ax, ay, bx, by] = [column[source]!, row[source]!, column[target]!, row[target]!];
    const first = 4 * line;
    const ends = this.#ends;
    ends[first] = ax;
    ends[first + 1] = ay;
    ends[first + 2] = bx;
    ends[first + 3] = by;
    const extents = this.#extents;
    extents[first] = Math.min(ax, bx);
    extents[first + 1] = Math.max(ax, bx);
    extents[first + 2] = Math.min(ay, by);
    extents[first + 3] = Math.max(ay, by);
  }

  #crossingsOf(line: number, place: number): number {
    const extents = this.#extents;
    const own = this.#own;
    const first = 4 * line;
    const [left, right] = [extents[first]!, extents[first + 1]!];
    const [top, bottom] = [extents[first + 2]!, extents[first + 3]!];
    let crossings = 0;
    for (let other = 0, at = 0; other < own.length; other++, at += 4) {
      if (extents[at]! > right || extents[at + 1]! < left) continue;
      if (extents[at + 2]! > bottom || extents[at + 3]! < top) continue;
      const otherPlace = own[other]!;
      if (other === line || (otherPlace >= 0 && otherPlace < place)) continue;
      if (this.#crosses(line, other)) crossings += 1;
    }
    return crossings;
  }

  /** Of two whose extents meet. */
  #crosses(a: number, b: number): boolean {
    const [source, target, ends] = [this.#source, this.#target, this.#ends];
    const [as, at, bs, bt] = [source[a]!, target[a]!, source[b]!, target[b]!];
    if (as === bs || as === bt || at === bs || at === bt) return false;
    const [i, j] = [4 * a, 4 * b];
    const [ax, ay, bx, by] = [ends[i]!, ends[i + 1]!, ends[i + 2]!, ends[i + 3]!];
    const [cx, cy, dx, dy] = [ends[j]!, ends[j + 1]!, ends[j + 2]!, ends[j + 3]!];
    const c = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    const d = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax);
    if (c * d >= 0) return c === 0 && d === 0; // on one line, and near enough to share a part of it
    const a2 = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx);
    const b2 = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx);
    return a2 * b2 < 0;
  }
}
