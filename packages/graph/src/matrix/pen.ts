// What draws a matrix: a canvas on the page, SVG text in a file. Inks are names of colours, so that one drawing serves both themes.

import type { Ink } from '../draw/shape.ts';

export interface Lettering {
  size: number;
  weight: number;
  ink: Ink;
  anchor?: 'start' | 'middle' | 'end';
  /** Degrees, clockwise about where the text begins. */
  turn?: number;
}

export interface Pen {
  fill(x: number, y: number, width: number, height: number, ink: Ink, radius?: number): void;
  frame(
    x: number,
    y: number,
    width: number,
    height: number,
    ink: Ink,
    line: number,
    look?: { radius?: number; dash?: readonly number[] },
  ): void;
  line(x1: number, y1: number, x2: number, y2: number, ink: Ink, line: number): void;
  ring(x: number, y: number, radius: number, ink: Ink, line: number): void;
  /** Through all points, with round ends. */
  strokes(points: readonly (readonly [number, number])[], ink: Ink, line: number): void;
  words(x: number, y: number, text: string, lettering: Lettering): void;
  /** Nothing of `draw` is seen outside. */
  within(x: number, y: number, width: number, height: number, draw: () => void): void;
}
