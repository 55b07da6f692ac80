// The line above a picture that stands alone: what it shows, how much of it is locked, and when.

import { type LockCount, lockCountWords } from '../../scene/lock-counts.ts';
import { LOCK_GLYPHS } from '../glyphs.ts';
import type { Palette } from '../palette.ts';
import { glyph, text } from './svg-card.ts';
import { fitted, textWidth } from './svg-text.ts';

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
  const parts: string[] = [];
  let right = across - 12;
  const put = (words: string, colour: string, icon: string) => {
    const wide = textWidth(words, 11);
    // Without room the title wins: the picture itself shows the rest.
    if (right - wide < 120) return;
    right -= wide;
    parts.push(text(right, 20.5, 11, 400, colour, words));
    if (icon) {
      right -= 15;
      parts.push(`<g transform="translate(${right} 10.5)">${icon}</g>`);
    }
    right -= 12;
  };
  put(time, colours.text3, '');
  for (const count of [...counts].reverse()) {
    const isLoud = count.mark === 'plaintext' || count.mark === 'mixed' || count.mark === 'broken';
    const colour = count.mark === 'broken' ? colours.bad : isLoud ? colours.lockPlain : colours.lockSecured;
    const icon =
      count.mark === 'broken' || count.mark === 'refused'
        ? ''
        : glyph(LOCK_GLYPHS[count.mark], 0, 0, 0.92, colour);
    put(lockCountWords(count), isLoud ? colour : colours.text3, icon);
  }
  return (
    `<g transform="translate(${x} ${y}) scale(${scale})">` +
    `<rect width="${across}" height="${HEADING_HEIGHT}" fill="${colours.surface}"/>` +
    `<path d="M0 ${HEADING_HEIGHT}h${across}" stroke="${colours.line2}"/>` +
    text(12, 21, 13, 600, colours.text, fitted(title, 13, right - 20)) +
    `${parts.join('')}</g>`
  );
}
