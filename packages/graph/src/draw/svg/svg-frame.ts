// What is around every picture: its size, its ground, its content in words, and a heading when it stands alone.

import type { Rectangle } from '../../layout/place.ts';
import type { SvgOptions } from './svg.ts';
import { HEADING_HEIGHT, svgHeading } from './svg-heading.ts';
import { escaped } from './svg-text.ts';

const PADDING = 12;
const FONT =
  "-apple-system, 'Segoe UI', Inter, 'Adwaita Sans', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif";

/** `words`: all that it shows, for those who cannot see it. */
export function svgFrame(
  layout: Rectangle,
  drawing: readonly string[],
  words: string,
  { colours, title, heading }: Pick<SvgOptions, 'colours' | 'title' | 'heading'>,
): string {
  const above = heading ? HEADING_HEIGHT * heading.scale : 0;
  const [width, height] = [layout.width + 2 * PADDING, layout.height + 2 * PADDING + above];
  const [x, y] = [layout.x - PADDING, layout.y - PADDING - above];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="${round(x)} ${round(y)} ${round(width)} ${round(height)}" role="img" font-family="${FONT}">`,
    `<title>${escaped(title)}</title><desc>${escaped(words)}</desc>`,
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${colours.canvas}"/>`,
    ...drawing,
    ...(heading ? [svgHeading({ x, y, width }, heading, colours)] : []),
    '</svg>',
  ].join('\n');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
