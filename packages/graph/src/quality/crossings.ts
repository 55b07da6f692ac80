// Crossings and shared lines of a finished picture, counted on what is drawn.

import type { Layout, PlacedLink } from '../layout/place.ts';
import { isLevel, type Segment, segmentsOf } from './polyline.ts';

export interface OwnedSegment extends Segment {
  unit: string;
  link: string;
  source: string;
  isFirst: boolean;
}

/** A unit is a link, or all links of one bundle. */
export function unitOf(link: PlacedLink): string {
  return link.bundle?.id ?? link.id;
}

export function allSegments({ links }: Pick<Layout, 'links'>): OwnedSegment[] {
  return links.flatMap((link) =>
    segmentsOf(link.points).map((segment, i) => ({
      ...segment,
      unit: unitOf(link),
      link: link.id,
      source: link.id.split('>')[0]!,
      isFirst: i === 0,
    })),
  );
}

/** Points strictly inside two segments of different units; the same point of the same two counts once. */
export function crossings(layout: Pick<Layout, 'links'>): number {
  const segments = allSegments(layout);
  const uprights = segments.filter((segment) => !isLevel(segment));
  const points = new Set<string>();
  for (const level of segments.filter(isLevel)) {
    const [left, right] = [Math.min(level.x1, level.x2) + 0.5, Math.max(level.x1, level.x2) - 0.5];
    for (const upright of uprights) {
      if (upright.unit === level.unit || upright.x1 <= left || upright.x1 >= right) continue;
      const [top, bottom] = [Math.min(upright.y1, upright.y2) + 0.5, Math.max(upright.y1, upright.y2) - 0.5];
      if (level.y1 <= top || level.y1 >= bottom) continue;
      const [a, b] = [level.unit, upright.unit].sort();
      points.add(`${a} ${b} ${Math.round(upright.x1)} ${Math.round(level.y1)}`);
    }
  }
  return points.size;
}

/** Px that segments of different units run along each other, at a distance in [`from`, `below`). */
export function sharedPx(layout: Pick<Layout, 'links'>, from: number, below: number): number {
  const segments = allSegments(layout);
  let px = 0;
  for (const [i, a] of segments.entries()) {
    for (let j = i + 1; j < segments.length; j++) {
      const b = segments[j]!;
      if (a.unit === b.unit || isLevel(a) !== isLevel(b)) continue;
      if (a.isFirst && b.isFirst && a.source === b.source) continue;
      const distance = isLevel(a) ? Math.abs(a.y1 - b.y1) : Math.abs(a.x1 - b.x1);
      if (distance < from || distance >= below) continue;
      const common = isLevel(a) ? overlap(a.x1, a.x2, b.x1, b.x2) : overlap(a.y1, a.y2, b.y1, b.y2);
      if (common > 2) px += common;
    }
  }
  return px;
}

function overlap(a1: number, a2: number, b1: number, b2: number): number {
  return Math.min(Math.max(a1, a2), Math.max(b1, b2)) - Math.max(Math.min(a1, a2), Math.min(b1, b2));
}
