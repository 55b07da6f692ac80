// A whole matrix as SVG text: no script, system fonts, and its content in words.

import type { Judge } from '@latchwork/figures/targets';
import { rateCeiling } from '../draw/encode.ts';
import { type FrameOptions, svgFrame } from '../draw/svg/svg-frame.ts';
import { textWidth } from '../draw/svg/svg-text.ts';
import { drawMatrix } from './drawing.ts';
import { fitter } from './fitted.ts';
import type { Matrix } from './matrix.ts';
import { toSight, toSizes, wholeSize } from './sizes.ts';
import { spokenMatrix } from './spoken-matrix.ts';
import { svgPen } from './svg-pen.ts';

/** As wide as a screen; what does not fit makes the picture larger. */
const ROOM = { width: 1400, height: 900, side: 0, isCoarse: false, zoom: 0 };

export function svgMatrix(matrix: Matrix, options: FrameOptions & Judge): string {
  const sizes = toSizes(matrix, ROOM, textWidth);
  const whole = wholeSize(sizes);
  const drawing: string[] = [];
  drawMatrix(svgPen(options.colours, drawing), matrix, sizes, toSight(sizes, { left: 0, top: 0, ...whole }), {
    ceilingRps: rateCeiling(matrix.mostRps),
    lit: { row: null, column: null },
    ringed: [],
    fitted: fitter(matrix.items, textWidth),
  });
  return svgFrame({ x: 0, y: 0, ...whole }, drawing, spokenMatrix(matrix, options), options);
}
