// How a matrix looks now: what is lit in it, and what is ringed.

export interface MatrixLit {
  row: number | null;
  column: number | null;
}

export interface MatrixLook {
  /** Of the largest mark, requests a second. */
  ceilingRps: number;
  /** Under the pointer, else where the focus is. */
  lit: MatrixLit;
  /** Cells with a ring. */
  ringed: readonly { row: number; column: number }[];
  /** A name that has `room` px. */
  fitted: (text: string, size: number, weight: number, room: number) => string;
}

/** Indices, the last one included. */
export interface Range {
  from: number;
  to: number;
}

export interface InSight {
  rows: Range;
  columns: Range;
}
