// Shapes as one text for the page, by the function that writes pictures: hundreds of them are made and changed in a fraction of
// the time that an element of its own takes for each. What travels when numbers change, frames and lines, has elements.

import type { Shape } from '@latchwork/graph/draw/shape';
import { type InkText, svgShapes } from '@latchwork/graph/draw/svg/svg-shapes';
import { inkVariable } from './ink.ts';

const OF_PAGE: InkText = { colourOf: inkVariable, classOf: (role) => role };

/** Every name in it is escaped. */
export function pageShapes(shapes: readonly Shape[]): string {
  return svgShapes(shapes, OF_PAGE);
}
