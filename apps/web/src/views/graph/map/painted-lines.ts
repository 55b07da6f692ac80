// The lines of the map in the order in which they are painted: what is lit lies over the others.

import { type Detail, paintOrder } from '@latchwork/graph/draw/encode';
import type { PlacedLink } from '@latchwork/graph/layout/place';
import type { Line } from '@latchwork/graph/overview/line';
import { bundleShare } from '@latchwork/graph/overview/overview-words';

export interface PaintedLine {
  readonly id: string;
  readonly placed: PlacedLink;
  readonly line: Line;
  /** What its mark says; null without one. */
  readonly share: number | null;
  readonly detail: Detail;
}

/** `lit`: ids; null where none is. `detail`: how near they are seen. */
export function paintedLines(
  links: readonly PlacedLink[],
  lines: ReadonlyMap<string, Line>,
  lit: ReadonlySet<string> | null,
  detail: Detail,
): PaintedLine[] {
  const isLit = (id: string) => Number(lit?.has(id) ?? false);
  return links
    .flatMap((placed) => {
      const line = lines.get(placed.id);
      return line ? [{ id: line.id, placed, line, share: bundleShare(placed, line, lines), detail }] : [];
    })
    .sort((a, b) => isLit(a.id) - isLit(b.id) || paintOrder(a.line, b.line));
}

/** Lines that are drawn some in each task, but what is lit of all of them at once: whoever steps to one finds it. */
export function withLit(
  staged: readonly PaintedLine[],
  painted: readonly PaintedLine[],
  lit: ReadonlySet<string> | null,
): readonly PaintedLine[] {
  if (lit === null) return staged;
  return [...staged.filter(({ id }) => !lit.has(id)), ...painted.filter(({ id }) => lit.has(id))];
}
