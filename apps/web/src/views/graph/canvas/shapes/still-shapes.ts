// Shapes of a picture of many things, as one text each: hundreds of them are made and changed in a fraction of the time that an
// element of the page's own takes for each, and nothing in them travels.

import type { Shape } from '@latchwork/graph/draw/shape';
import { type InkText, svgShapes } from '@latchwork/graph/draw/svg/svg-shapes';
import { inkVariable } from './ink.ts';

const OF_PAGE: InkText = { colourOf: inkVariable, classOf: (role) => role };

/** Every name in it is escaped. */
export function stillShapes(shapes: readonly Shape[]): string {
  return svgShapes(shapes, OF_PAGE);
}
