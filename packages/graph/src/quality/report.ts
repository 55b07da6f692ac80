// One picture in numbers, by the definitions that tests and the comparison with other layouts share.

import type { Layout } from '../layout/place.ts';
import type { Scene } from '../scene/scene.ts';
import { crossings, sharedPx } from './crossings.ts';
import { coveredMarks, overlaps, strayMarks, throughBoxes, throughCards } from './faults.ts';
import { bendsOf, lengthOf } from './polyline.ts';

export interface Report {
  crossings: number;
  bends: number;
  mostBends: number;
  length: number;
  width: number;
  height: number;
  /** To fit 1300 × 800, at most 1. */
  zoom: number;
  sharedPx: number;
  closePx: number;
  throughCards: string[];
  throughBoxesPx: number;
  overlaps: string[];
  coveredMarks: string[];
  strayMarks: string[];
}

export function report(scene: Scene, layout: Layout): Report {
  const boxOf = new Map(scene.cards.map(({ id, box }) => [id, box]));
  const bends = layout.links.map(({ points }) => bendsOf(points));
  return {
    crossings: crossings(layout),
    bends: bends.reduce((sum, count) => sum + count, 0),
    mostBends: Math.max(0, ...bends),
    length: layout.links.reduce((sum, { points }) => sum + lengthOf(points), 0),
    width: layout.width,
    height: layout.height,
    zoom: Math.min(1, 1300 / layout.width, 800 / layout.height),
    sharedPx: sharedPx(layout, 0, 1.5),
    closePx: sharedPx(layout, 1.5, 3),
    throughCards: throughCards(layout),
    throughBoxesPx: throughBoxes(layout, boxOf),
    overlaps: overlaps(layout, boxOf),
    coveredMarks: coveredMarks(layout),
    strayMarks: strayMarks(layout),
  };
}
