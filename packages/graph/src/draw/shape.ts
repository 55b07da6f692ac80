// What a picture is made of: shapes with inks for colours, which the page draws as elements and a picture as text.
// A shape knows neither theme nor pointer; `role` names what the page lights up under a pointer or a selection.

import type { Glyph } from '@latchwork/figures/glyphs';
import type { Palette } from './palette.ts';

export type Ink = keyof Palette;

export type Role = 'plate' | 'frame' | 'ring' | 'stripe' | 'casing' | 'line' | 'tip' | 'pill';

/** Without `fill` nothing is filled, without `stroke` there is no line. */
interface Paint {
  fill?: Ink;
  stroke?: Ink;
  strokeWidth?: number;
  dash?: string;
  isRound?: true;
  opacity?: number;
  role?: Role;
}

export interface Rect extends Paint {
  is: 'rect';
  x: number;
  y: number;
  width: number;
  height: number;
  /** Of the corners. */
  radius: number;
}

export interface Circle extends Paint {
  is: 'circle';
  x: number;
  y: number;
  radius: number;
  /** Degrees by which it is turned about its middle. */
  turn?: number;
}

export interface Path extends Paint {
  is: 'path';
  d: string;
}

export interface Words {
  is: 'words';
  x: number;
  y: number;
  /** Of the font, px. */
  size: number;
  weight: number;
  ink: Ink;
  text: string;
  anchor?: 'middle' | 'end';
}

/** `before`: px that stay free before it. */
export interface Span {
  text: string;
  ink: Ink;
  weight: number;
  before: number;
}

/** One line of figures. */
export interface Figures {
  is: 'figures';
  x: number;
  y: number;
  size: number;
  spans: readonly Span[];
}

export interface GlyphShape {
  is: 'glyph';
  glyph: Glyph;
  x: number;
  y: number;
  scale: number;
  ink: Ink;
}

export interface Group {
  is: 'group';
  x: number;
  y: number;
  scale: number;
  shapes: readonly Shape[];
  /** What it says, for those who point at it. */
  title?: string;
}

export type Shape = Rect | Circle | Path | Words | Figures | GlyphShape | Group;

export type Measure = (text: string, sizePx: number, weight: number) => number;

export function words(
  x: number,
  y: number,
  size: number,
  weight: number,
  ink: Ink,
  text: string,
  anchor?: Words['anchor'],
): Words {
  return { is: 'words', x, y, size, weight, ink, text, ...(anchor && { anchor }) };
}

export function glyphShape(glyph: Glyph, x: number, y: number, scale: number, ink: Ink): GlyphShape {
  return { is: 'glyph', glyph, x, y, scale, ink };
}

/** "M0 0" marks stand on a disc in the colour of the box, so that no line strikes them out. */
export function disc(x: number, y: number, radius: number, fill: Ink): Circle {
  return { is: 'circle', x, y, radius, fill };
}
