// Shapes as SVG text, for the page as for pictures that stand alone.

import type { Glyph } from '@latchwork/figures/glyphs';
import type { Palette } from '../palette.ts';
import type { Ink, Role, Shape } from '../shape.ts';
import { escaped } from './svg-text.ts';

/** What inks and roles are where the text goes. */
export interface InkText {
  colourOf(ink: Ink): string;
  /** The class of what is lit up there; null for none. */
  classOf(role: Role): string | null;
}

export function ofPalette(colours: Palette): InkText {
  return { colourOf: (ink) => colours[ink], classOf: () => null };
}

export function svgShapes(shapes: readonly Shape[], inks: InkText): string {
  return shapes.map((shape) => svgShape(shape, inks)).join('');
}

function svgShape(shape: Shape, inks: InkText): string {
  switch (shape.is) {
    case 'rect': {
      const { x, y, width, height, radius } = shape;
      return `<rect${attributes({ x: x || null, y: y || null, width, height, rx: radius })}${paint(shape, inks)}/>`;
    }
    case 'circle': {
      const { x, y, radius, turn } = shape;
      const transform = turn === undefined ? null : `rotate(${short(turn)} ${x} ${y})`;
      return `<circle${attributes({ cx: x, cy: y, r: radius, transform })}${paint(shape, inks)}/>`;
    }
    case 'path':
      return `<path${attributes({ d: shape.d })}${paint(shape, inks)}/>`;
    case 'words': {
      const { x, y, size, weight, ink, text, anchor = null } = shape;
      return `<text${attributes({ x, y, 'font-size': size, 'font-weight': weight, 'text-anchor': anchor, fill: inks.colourOf(ink) })}>${escaped(text)}</text>`;
    }
    case 'figures': {
      const { x, y, size, spans } = shape;
      const tspans = spans.map(
        ({ text, ink, weight, before }) =>
          `<tspan${attributes({ dx: before || null, fill: inks.colourOf(ink), 'font-weight': weight })}>${escaped(text)}</tspan>`,
      );
      return `<text${attributes({ x, y, 'font-size': size })} xml:space="preserve">${tspans.join('')}</text>`;
    }
    case 'glyph':
      return svgGlyph(shape.glyph, shape.x, shape.y, shape.scale, inks.colourOf(shape.ink));
    case 'group': {
      const { x, y, scale, shapes, title } = shape;
      const said = title === undefined ? '' : `<title>${escaped(title)}</title>`;
      return `<g transform="${place(x, y, scale)}">${said}${svgShapes(shapes, inks)}</g>`;
    }
  }
}

export function svgGlyph(paths: Glyph, x: number, y: number, scale: number, colour: string): string {
  const drawn = paths.map(({ d, fill, stroke = null, dash = null, round, opacity = null }) => {
    const ink = fill ? { fill: colour } : { fill: 'none', stroke: colour, 'stroke-width': stroke };
    const ends = { 'stroke-linecap': round ? 'round' : null, 'stroke-linejoin': 'round' };
    return `<path${attributes({ d, ...ink, 'stroke-dasharray': dash, ...ends, opacity })}/>`;
  });
  return `<g transform="${place(x, y, scale)}">${drawn.join('')}</g>`;
}

function paint(shape: Extract<Shape, { role?: unknown } | { fill?: unknown }>, inks: InkText): string {
  const { role, fill, stroke, strokeWidth = null, dash = null, isRound, opacity = null } = shape;
  return attributes({
    class: role === undefined ? null : inks.classOf(role),
    fill: fill ? inks.colourOf(fill) : 'none',
    stroke: stroke ? inks.colourOf(stroke) : null,
    'stroke-width': strokeWidth,
    'stroke-dasharray': dash,
    'stroke-linecap': isRound ? 'round' : null,
    'stroke-linejoin': isRound ? 'round' : null,
    opacity,
  });
}

function place(x: number, y: number, scale: number): string {
  return `translate(${x} ${y})${scale === 1 ? '' : ` scale(${scale})`}`;
}

/** Without those that are null. */
function attributes(of: Record<string, string | number | null>): string {
  let text = '';
  for (const name in of) if (of[name] !== null) text += ` ${name}="${of[name]}"`;
  return text;
}

function short(value: number): number {
  return Math.round(value * 100) / 100;
}
