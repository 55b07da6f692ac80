// Marks grow when they are seen from afar, and the layout left room for small ones: of those that then touch, the one that
// matters more grows, and the others stay as they are.

import type { PlacedLink, PlacedMark, Rectangle } from '../layout/place.ts';
import type { MarkKind } from '../scene/mark-kind.ts';
import { type Detail, markOrder, type Tone } from './encode.ts';
import { markDrawing } from './mark-shapes.ts';

interface Ranked {
  id: string;
  tone: Tone;
  mark: MarkKind;
}

export interface MarkFacts {
  /** What they tell; those of a bundle add up to what their leader tells. */
  links: readonly Ranked[];
  placed: ReadonlyMap<string, PlacedLink>;
  detail: Detail;
  selectedId: string | null;
  /** They matter more than the others; null when none is lit. */
  lit: ReadonlySet<string> | null;
}

/** Ids of links whose marks have no room to grow. */
export function crowdedMarks({ links, placed, detail, selectedId, lit }: MarkFacts): ReadonlySet<string> {
  const left = new Set<string>();
  if (detail === 'near') return left;
  const isFirst = ({ id }: Ranked) => Number(id === selectedId) + Number(lit?.has(id) ?? false);
  const kept = new Grid();
  for (const link of links.toSorted((a, b) => isFirst(b) - isFirst(a) || markOrder(b, a))) {
    const line = placed.get(link.id);
    const box = line ? boxFromAfar(line, detail) : null;
    if (box && !kept.add(box)) left.add(link.id);
  }
  return left;
}

/** About the middle, where that is not the mark's own size. */
const HALVES: Partial<Record<MarkKind, number>> = { opaque: 7.5, unknown: 7.5, refused: 9.6, broken: 9.1 };

function boxFromAfar(line: PlacedLink, detail: Detail): Rectangle | null {
  const { mark } = markDrawing(line, { securedShare: null }, detail);
  if (!mark || !line.mark) return null;
  const { width, height } = sizeOf(line.mark);
  const { scale } = mark;
  return {
    x: mark.x - (scale * width) / 2,
    y: mark.y - (scale * height) / 2,
    width: scale * width,
    height: scale * height,
  };
}

function sizeOf({ kind, width, height }: PlacedMark): { width: number; height: number } {
  const half = HALVES[kind];
  return half === undefined ? { width, height } : { width: 2 * half, height: 2 * half };
}

const CELL_PX = 64;

/** Boxes that do not touch each other, found again by where they are. */
class Grid {
  readonly #cells = new Map<string, Rectangle[]>();

  /** Whether there was room. */
  add(box: Rectangle): boolean {
    const cells = cellsOf(box);
    if (cells.some((cell) => this.#cells.get(cell)?.some((other) => touches(box, other)))) return false;
    for (const cell of cells) this.#cells.set(cell, [...(this.#cells.get(cell) ?? []), box]);
    return true;
  }
}

function cellsOf({ x, y, width, height }: Rectangle): string[] {
  const cells: string[] = [];
  for (let column = Math.floor(x / CELL_PX); column <= Math.floor((x + width) / CELL_PX); column++)
    for (let row = Math.floor(y / CELL_PX); row <= Math.floor((y + height) / CELL_PX); row++)
      cells.push(`${column} ${row}`);
  return cells;
}

function touches(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
