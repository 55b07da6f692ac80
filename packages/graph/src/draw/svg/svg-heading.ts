// The line above a picture that stands alone: what it shows, how much of it is locked, and when.

import { BARRED_CIRCLE, LOCK_GLYPHS } from '@latchwork/figures/glyphs';
import { shortName } from '@latchwork/figures/short-name';
import { type LockCount, lockCountWords } from '../../scene/lock-counts.ts';
import type { Palette } from '../palette.ts';
import { type GlyphShape, glyphShape, type Ink, type Shape, words } from '../shape.ts';
import { ofPalette, svgShapes } from './svg-shapes.ts';
import { textWidth } from './svg-text.ts';

export const HEADING_HEIGHT = 32;

export interface Heading {
  title: string;
  counts: readonly LockCount[];
  /** The moment of the data, in words. */
  time: string;
  /** A picture that is drawn smaller needs a larger heading, so that it can be read. */
  scale: number;
}

export function svgHeading(
  { x, y, width }: { x: number; y: number; width: number },
  { title, counts, time, scale }: Heading,
  colours: Palette,
): string {
  const across = width / scale;
  const shapes: Shape[] = [
    { is: 'rect', x: 0, y: 0, width: across, height: HEADING_HEIGHT, radius: 0, fill: 'surface' },
    { is: 'path', d: `M0 ${HEADING_HEIGHT}h${across}`, stroke: 'line2' },
  ];
  let right = across - 12;
  const put = (text: string, ink: Ink, icon: (x: number) => GlyphShape | null) => {
    const wide = textWidth(text, 11);
    // Without room the title wins: the picture itself shows the rest.
    if (right - wide < 120) return;
    right -= wide;
    shapes.push(words(right, 20.5, 11, 400, ink, text));
    const shape = icon(right - 15);
    if (shape) {
      shapes.push(shape);
      right -= 15;
    }
    right -= 12;
  };
  put(time, 'text3', () => null);
  for (const count of [...counts].reverse())
    put(lockCountWords(count), inkOf(count), (at) => icon(count, at));
  const room = right - 20;
  const name = shortName(title, [], (text) => textWidth(text, 13, 600) <= room);
  shapes.push(words(12, 21, 13, 600, 'text', name));
  return svgShapes([{ is: 'group', x, y, scale, shapes }], ofPalette(colours));
}

function inkOf({ mark }: LockCount): Ink {
  if (mark === 'broken') return 'bad';
  return mark === 'plaintext' || mark === 'mixed' ? 'lockPlain' : 'text3';
}

function icon(count: LockCount, x: number): GlyphShape | null {
  if (count.mark === 'broken') return null;
  if (count.mark === 'refused') return glyphShape(BARRED_CIRCLE, x, 10.5, 0.69, 'text2');
  const ink = inkOf(count);
  return glyphShape(LOCK_GLYPHS[count.mark], x, 10.5, 0.92, ink === 'text3' ? 'lockSecured' : ink);
}
