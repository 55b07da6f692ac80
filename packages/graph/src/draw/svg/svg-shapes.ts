// Shapes as SVG text, in the colours of a palette.

import type { Glyph } from '@latchwork/figures/glyphs';
import type { Palette } from '../palette.ts';
import type { Shape } from '../shape.ts';
import { escaped } from './svg-text.ts';

export function svgShapes(shapes: readonly Shape[], colours: Palette): string {
  return shapes.map((shape) => svgShape(shape, colours)).join('');
}

function svgShape(shape: Shape, colours: Palette): string {
  switch (shape.is) {
    case 'rect': {
      const { x, y, width, height, radius } = shape;
      return `<rect${attributes({ x: x || null, y: y || null, width, height, rx: radius })}${paint(shape, colours)}/>`;
    }
    case 'circle': {
      const { x, y, radius, turn } = shape;
      const transform = turn === undefined ? null : `rotate(${short(turn)} ${x} ${y})`;
      return `<circle${attributes({ cx: x, cy: y, r: radius, transform })}${paint(shape, colours)}/>`;
    }
    case 'path':
      return `<path${attributes({ d: shape.d })}${paint(shape, colours)}/>`;
    case 'words': {
      const { x, y, size, weight, ink, text, anchor = null } = shape;
      return `<text${attributes({ x, y, 'font-size': size, 'font-weight': weight, 'text-anchor': anchor, fill: colours[ink] })}>${escaped(text)}</text>`;
    }
    case 'figures': {
      const { x, y, size, spans } = shape;
      const tspans = spans.map(
        ({ text, ink, weight, before }) =>
          `<tspan${attributes({ dx: before || null, fill: colours[ink], 'font-weight': weight })}>${escaped(text)}</tspan>`,
      );
      return `<text${attributes({ x, y, 'font-size': size })} xml:space="preserve">${tspans.join('')}</text>`;
    }
    case 'glyph':
      return svgGlyph(shape.glyph, shape.x, shape.y, shape.scale, colours[shape.ink]);
    case 'group': {
      const { x, y, scale, shapes, title } = shape;
      const said = title === undefined ? '' : `<title>${escaped(title)}</title>`;
      return `<g transform="${place(x, y, scale)}">${said}${svgShapes(shapes, colours)}</g>`;
    }
  }
}

export function svgGlyph(paths: Glyph, x: number, y: number, scale: number, colour: string): string {
  const drawn = paths.map(({ d, fill, stroke = null, dash = null, round, opacity = null }) => {
    const ink = fill ? { fill: colour } : { fill: 'none', stroke: colour, 'stroke-width': stroke };
    const ends = round ? { 'stroke-linecap': 'round', 'stroke-linejoin': 'round' } : {};
    return `<path${attributes({ d, ...ink, 'stroke-dasharray': dash, ...ends, opacity })}/>`;
  });
  return `<g transform="${place(x, y, scale)}">${drawn.join('')}</g>`;
}

function paint(shape: Extract<Shape, { role?: unknown } | { fill?: unknown }>, colours: Palette): string {
  const { fill, stroke, strokeWidth = null, dash = null, isRound, opacity = null } = shape;
  return attributes({
    fill: fill ? colours[fill] : 'none',
    stroke: stroke ? colours[stroke] : null,
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
  return Object.entries(of)
    .map(([name, value]) => (value === null ? '' : ` ${name}="${value}"`))
    .join('');
}

function short(value: number): number {
  return Math.round(value * 100) / 100;
}
