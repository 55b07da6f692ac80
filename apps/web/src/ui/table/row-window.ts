// Which rows of a long table are worth drawing: those in sight and a few around them. Pure.

export interface RowWindow {
  from: number;
  /** Not included. */
  to: number;
}

/** Below this many rows all are drawn: the browser's own search and screen readers then see everything. */
export const DRAW_ALL = 150;

const AROUND = 12;

export function rowWindow(
  rows: number,
  scrolledPx: number,
  heightPx: number,
  rowPx: number,
  drawAll = DRAW_ALL,
): RowWindow {
  if (rows <= drawAll) return { from: 0, to: rows };
  const first = Math.max(0, Math.floor(scrolledPx / rowPx) - AROUND);
  // Steps of a few rows, so that a small scroll draws nothing new.
  const from = Math.min(first - (first % AROUND), Math.max(0, rows - AROUND));
  const visible = Math.ceil(Math.max(heightPx, 600) / rowPx);
  return { from, to: Math.min(rows, from + visible + 4 * AROUND) };
}
