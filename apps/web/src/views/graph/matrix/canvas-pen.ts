// Draws on a canvas, in the colours that the page's tokens have now.

import { LIGHT, type Palette } from '@latchwork/graph/draw/palette';
import type { Ink } from '@latchwork/graph/draw/shape';
import type { Pen } from '@latchwork/graph/matrix/pen';
import { inkVariable } from '../canvas/shapes/ink.ts';

/** A token's own text is of both themes: an element has to say which of them it is. */
function readColours(element: HTMLElement): Palette {
  const style = getComputedStyle(element);
  const before = element.style.color;
  const colours = Object.fromEntries(
    (Object.keys(LIGHT) as Ink[]).map((ink) => {
      element.style.color = inkVariable(ink);
      return [ink, style.color];
    }),
  );
  element.style.color = before;
  return colours as unknown as Palette;
}

/** Read anew only with another theme: each reading has the browser work out styles. */
export function keptColours(): (element: HTMLElement, theme: string) => Palette {
  let kept: { theme: string; colours: Palette } | null = null;
  return (element, theme) => {
    if (kept?.theme !== theme) kept = { theme, colours: readColours(element) };
    return kept.colours;
  };
}

export function canvasPen(context: CanvasRenderingContext2D, colours: Palette, font: string): Pen {
  const box = (x: number, y: number, width: number, height: number, radius: number) => {
    context.beginPath();
    if (radius === 0) context.rect(x, y, width, height);
    else context.roundRect(x, y, width, height, radius);
  };
  // A canvas reads each font anew that it is told, and names and sums come in a few.
  let written = '';
  return {
    fill(x, y, width, height, ink, radius = 0) {
      context.fillStyle = colours[ink];
      if (radius === 0) return context.fillRect(x, y, width, height);
      box(x, y, width, height, radius);
      context.fill();
    },
    frame(x, y, width, height, ink, line, { radius = 0, dash = [] } = {}) {
      context.strokeStyle = colours[ink];
      context.lineWidth = line;
      context.setLineDash([...dash]);
      box(x, y, width, height, radius);
      context.stroke();
      context.setLineDash([]);
    },
    line(x1, y1, x2, y2, ink, line) {
      // A hair line between two pixels would be two grey ones.
      context.fillStyle = colours[ink];
      context.fillRect(Math.round(x1), Math.round(y1), Math.max(line, x2 - x1), Math.max(line, y2 - y1));
    },
    ring(x, y, radius, ink, line) {
      context.strokeStyle = colours[ink];
      context.lineWidth = line;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.stroke();
    },
    strokes(points, ink, line) {
      context.strokeStyle = colours[ink];
      context.lineWidth = line;
      context.lineCap = context.lineJoin = 'round';
      context.beginPath();
      for (const [x, y] of points) context.lineTo(x, y);
      context.stroke();
    },
    words(x, y, text, { size, weight, ink, anchor = 'start', turn = 0 }) {
      context.fillStyle = colours[ink];
      const next = `${weight} ${size}px ${font}`;
      if (next !== written) context.font = written = next;
      context.textAlign = anchor === 'middle' ? 'center' : anchor;
      if (turn === 0) return context.fillText(text, x, y);
      const radians = (turn * Math.PI) / 180;
      context.translate(x, y);
      context.rotate(radians);
      context.fillText(text, 0, 0);
      context.rotate(-radians);
      context.translate(-x, -y);
    },
    within(x, y, width, height, draw) {
      context.save();
      context.beginPath();
      context.rect(x, y, width, height);
      context.clip();
      draw();
      context.restore();
      written = '';
    },
  };
}
