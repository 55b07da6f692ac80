// What is around every picture: its size, its ground, its content in words, and a heading when it stands alone.

import type { Rectangle } from '../../layout/place.ts';
import type { Palette } from '../palette.ts';
import { HEADING_HEIGHT, type Heading, svgHeading } from './svg-heading.ts';
import { escaped } from './svg-text.ts';

const PADDING = 12;
const FONT =
  "-apple-system, 'Segoe UI', Inter, 'Adwaita Sans', Roboto, 'Noto Sans', 'Liberation Sans', Arial, 'DejaVu Sans Condensed', sans-serif";

export interface FrameOptions {
  colours: Palette;
  /** What the picture is, for those who cannot see it. */
  title: string;
  /** Said above the picture, for one that stands alone. */
  heading?: Heading;
}

/** `words`: all that it shows, for those who cannot see it. */
export function svgFrame(
  layout: Rectangle,
  drawing: readonly string[],
  words: string,
  { colours, title, heading }: FrameOptions,
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
