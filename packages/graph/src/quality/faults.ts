// What must never be seen in a picture: lines through cards, things over things, marks off their lines.

import type { Layout, Rectangle } from '../layout/place.ts';
import { allSegments, unitOf } from './crossings.ts';
import { cleaned, isLevel, type Segment, segmentsOf } from './polyline.ts';

/** "link through card" for every card that a link runs through; its own count too. */
export function throughCards({ links, cards }: Layout): string[] {
  return links.flatMap((link) => {
    const segments = segmentsOf(link.points);
    return cards
      .filter((card) => segments.some((segment) => meets(segment, shrunk(card, 1))))
      .map((card) => `${link.id} through ${card.id}`);
  });
}

/** Px of levels inside boxes that are neither the source's nor the target's. `boxOf` is by card id. */
export function throughBoxes({ links, boxes }: Layout, boxOf: ReadonlyMap<string, string | null>): number {
  let px = 0;
  for (const link of links) {
    const [source, target] = link.id.replace(/!refused$/, '').split('>') as [string, string];
    for (const box of boxes) {
      if (boxOf.get(source) === box.id || boxOf.get(target) === box.id) continue;
      for (const segment of segmentsOf(link.points)) {
        if (!isLevel(segment) || segment.y1 <= box.y || segment.y1 >= box.y + box.height) continue;
        const left = Math.max(Math.min(segment.x1, segment.x2), box.x);
        const right = Math.min(Math.max(segment.x1, segment.x2), box.x + box.width);
        px += Math.max(0, right - left);
      }
    }
  }
  return px;
}

/** Cards over cards, boxes over boxes, cards in foreign boxes. */
export function overlaps({ cards, boxes }: Layout, boxOf: ReadonlyMap<string, string | null>): string[] {
  const found: string[] = [];
  for (const [i, a] of cards.entries())
    for (const b of cards.slice(i + 1)) if (common(a, b) > 0.5) found.push(`${a.id} over ${b.id}`);
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1)) if (common(a, b) > 0.5) found.push(`box ${a.id} over ${b.id}`);
  for (const card of cards)
    for (const box of boxes)
      if (boxOf.get(card.id) !== box.id && common(card, box) > 0.5) found.push(`${card.id} in box ${box.id}`);
  return found;
}

/** Marks that share room with another mark, with a card, or with the line of another unit. */
export function coveredMarks(layout: Layout): string[] {
  const marks = marksOf(layout);
  const segments = allSegments(layout);
  const found: string[] = [];
  for (const [i, { unit, name, rectangle }] of marks.entries()) {
    for (const other of marks.slice(i + 1))
      if (common(rectangle, other.rectangle) > 1) found.push(`${name} under ${other.name}`);
    for (const card of layout.cards)
      if (common(rectangle, card) > 0.5) found.push(`${name} under card ${card.id}`);
    for (const segment of segments)
      if (segment.unit !== unit && meets(segment, shrunk(rectangle, 1)))
        found.push(`${name} under ${segment.link}`);
  }
  return found;
}

/** Marks whose line is not level below them. */
export function strayMarks({ links }: Layout): string[] {
  return links
    .filter(({ points, mark }) => {
      if (!mark) return false;
      const [start, end] = cleaned(points).slice(-2) as [{ x: number; y: number }, { x: number; y: number }];
      return Math.abs(start.y - end.y) > 0.5 || start.x > mark.x + 0.01;
    })
    .map(({ id }) => id);
}

function marksOf({ links }: Layout): { unit: string; name: string; rectangle: Rectangle }[] {
  return links
    .filter(({ bundle }) => bundle === null || bundle.leads)
    .flatMap((link) => {
      const unit = unitOf(link);
      const made = link.mark ? [{ unit, name: `mark of ${link.id}`, rectangle: link.mark as Rectangle }] : [];
      if (link.refusedMark) made.push({ unit, name: `refusal of ${link.id}`, rectangle: link.refusedMark });
      if (link.splitMark) made.push({ unit, name: `weight of ${link.id}`, rectangle: link.splitMark });
      return made;
    });
}

function shrunk({ x, y, width, height }: Rectangle, by: number): Rectangle {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}

function meets({ x1, y1, x2, y2 }: Segment, { x, y, width, height }: Rectangle): boolean {
  return (
    Math.max(x1, x2) > x &&
    Math.min(x1, x2) < x + width &&
    Math.max(y1, y2) > y &&
    Math.min(y1, y2) < y + height
  );
}

/** The smaller side of what two rectangles share; below 0 when they are apart. */
function common(a: Rectangle, b: Rectangle): number {
  return Math.min(
    Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  );
}
