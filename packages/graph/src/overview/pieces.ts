// The few shapes that cards of the map are put together from.

import type { Figures, Group, Ink, Path, Shape, Span } from '../draw/shape.ts';

export function figureSpan(text: string, ink: Ink, weight = 400, before = 0): Span {
  return { text, ink, weight, before };
}

export function figures(x: number, y: number, size: number, spans: readonly Span[]): Figures {
  return { is: 'figures', x, y, size, spans };
}

export function stroke(d: string, ink: Ink, strokeWidth: number): Path {
  return { is: 'path', d, stroke: ink, strokeWidth, isRound: true };
}

export function titled(title: string, shapes: readonly Shape[]): Group {
  return { is: 'group', x: 0, y: 0, scale: 1, shapes, title };
}

/** Px to a tenth. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
