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

/** Between `own` and all `lines`, each a straight line from cell to cell; a pair of two own ones counts once. */
export function straightCrossings(
  at: GridPlaces,
  own: readonly GridLine[],
  lines: readonly GridLine[],
): number {
  let crossings = 0;
  const isOwn = own.length > 1 ? new Set(own) : null;
  for (const [i, line] of own.entries())
    for (const other of lines) {
      if (other === line || (isOwn?.has(other) && own.indexOf(other) < i)) continue;
      if (crosses(at, line, other)) crossings += 1;
    }
  return crossings;
}

function crosses({ column, row }: GridPlaces, a: GridLine, b: GridLine): boolean {
  if (a.source === b.source || a.source === b.target || a.target === b.source || a.target === b.target)
    return false;
  const [ax, ay, bx, by] = [column[a.source]!, row[a.source]!, column[a.target]!, row[a.target]!];
  const [cx, cy, dx, dy] = [column[b.source]!, row[b.source]!, column[b.target]!, row[b.target]!];
  if (Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx)) return false;
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return false;
  const c = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  const d = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax);
  if (c * d >= 0) return c === 0 && d === 0; // on one line, and near enough to share a part of it
  const a2 = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx);
  const b2 = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx);
  return a2 * b2 < 0;
}
