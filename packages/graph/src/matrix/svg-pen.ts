// Writes what a matrix draws as SVG text, in the colours of a palette.

import type { Palette } from '../draw/palette.ts';
import { escaped } from '../draw/svg/svg-text.ts';
import type { Pen } from './pen.ts';

/** `into` takes one element after the other. A picture shows all, so nothing is cut off. */
export function svgPen(colours: Palette, into: string[]): Pen {
  return {
    fill(x, y, width, height, ink, radius = 0) {
      const corners = radius === 0 ? '' : ` rx="${radius}"`;
      into.push(`<rect${box(x, y, width, height)}${corners} fill="${colours[ink]}"/>`);
    },
    frame(x, y, width, height, ink, line, { radius = 0, dash = [] } = {}) {
      const corners = radius === 0 ? '' : ` rx="${radius}"`;
      const dashes = dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
      into.push(
        `<rect${box(x, y, width, height)}${corners} fill="none"${stroke(colours[ink], line)}${dashes}/>`,
      );
    },
    line(x1, y1, x2, y2, ink, line) {
      into.push(
        `<path d="M${short(x1)} ${short(y1)}L${short(x2)} ${short(y2)}"${stroke(colours[ink], line)}/>`,
      );
    },
    ring(x, y, radius, ink, line) {
      into.push(
        `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="none"${stroke(colours[ink], line)}/>`,
      );
    },
    strokes(points, ink, line) {
      const path = points.map(([x, y]) => `${short(x)} ${short(y)}`).join('L');
      into.push(
        `<path d="M${path}" fill="none"${stroke(colours[ink], line)} stroke-linecap="round" stroke-linejoin="round"/>`,
      );
    },
    words(x, y, text, { size, weight, ink, anchor = 'start', turn = 0 }) {
      const turned = turn === 0 ? '' : ` transform="rotate(${short(turn)} ${short(x)} ${short(y)})"`;
      const side = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
      into.push(
        `<text x="${short(x)}" y="${short(y)}" font-size="${size}" font-weight="${weight}"${side}${turned} fill="${colours[ink]}">${escaped(text)}</text>`,
      );
    },
    within(_x, _y, _width, _height, draw) {
      draw();
    },
  };
}

function box(x: number, y: number, width: number, height: number): string {
  return ` x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`;
}

function stroke(colour: string, line: number): string {
  return ` stroke="${colour}" stroke-width="${line}"`;
}

function short(value: number): number {
  return Math.round(value * 100) / 100;
}
