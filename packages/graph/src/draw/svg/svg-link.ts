// One link as SVG text: casing, line and end; its mark apart, as marks lie over all lines.

import { wholePercentText } from '@latchwork/figures/percent';
import type { PlacedLink, PlacedMark, Point } from '../../layout/place.ts';
import type { Link } from '../../scene/link.ts';
import type { MarkKind } from '../../scene/mark-kind.ts';
import { arrowSize, type Detail, dashOf, linkWidth, type Tone } from '../encode.ts';
import { arrowPath, barPath, lineEnd, linkPath, stubPath } from '../geometry.ts';
import { BARRED_CIRCLE, LOCK_GLYPHS } from '../glyphs.ts';
import type { Palette } from '../palette.ts';
import { glyph, text } from './svg-card.ts';
import { escaped } from './svg-text.ts';

/** `name` is the link in words, for those who cannot see it. */
export function svgLink(
  place: PlacedLink,
  link: Link,
  ceiling: number,
  name: string,
  colours: Palette,
): string {
  const colour = toneColour(link.tone, colours);
  const width = linkWidth(link, ceiling);
  const d = linkPath(place.points, lineEnd(link.mark));
  const dash = dashOf(link);
  const round = link.mark === 'refused' ? ' stroke-linecap="round"' : '';
  return (
    `<g fill="none"><title>${escaped(name)}</title>` +
    `<path d="${d}" stroke="${colours.box}" stroke-width="${(width + 3).toFixed(2)}" stroke-dasharray="0 24 99999"/>` +
    `<path d="${d}" stroke="${colour}" stroke-width="${width.toFixed(2)}"${dash ? ` stroke-dasharray="${dash}"` : ''}${round}/>` +
    `${lineTip(place.points.at(-1)!, link.mark, width, colour)}</g>`
  );
}

function lineTip(end: Point, mark: MarkKind, width: number, colour: string): string {
  if (mark === 'refused')
    return `<path d="${barPath(end)}" stroke="${colour}" stroke-width="2.5" stroke-linecap="round"/>`;
  if (mark === 'broken')
    return `<path d="${stubPath(end)}" stroke="${colour}" stroke-width="${width.toFixed(2)}" stroke-dasharray="2 3" opacity=".6"/>`;
  return `<path d="${arrowPath(end, arrowSize(width))}" fill="${colour}"/>`;
}

export function toneColour(tone: Tone, colours: Palette): string {
  if (tone === 'warn') return colours.warnMark;
  if (tone === 'bad') return colours.badMark;
  return tone === 'denied' || tone === 'none' ? colours.neutral : colours.edgeGood;
}

/** `share` is the figure of a mixed lock. From afar quiet locks go, and loud ones grow so that they stay readable. */
export function svgMarks(
  place: PlacedLink,
  share: number | null,
  colours: Palette,
  detail: Detail = 'near',
): string {
  if (place.bundle && !place.bundle.leads) return '';
  if (detail !== 'near') return distantMark(place, share, colours, detail);
  const parts = place.mark ? [lockMark(place.mark, share, colours)] : [];
  if (place.refusedMark) {
    const [x, y] = middleOf(place.refusedMark);
    parts.push(disc(x, y, 7.5, colours.box), glyph(BARRED_CIRCLE, x - 6, y - 6, 0.75, colours.text2));
  }
  if (place.bundle)
    parts.push(
      `<g text-anchor="middle" stroke="${colours.box}" stroke-width="3" paint-order="stroke" stroke-linejoin="round">${text(place.bundle.x, place.bundle.y + 3.5, 10, 600, colours.text2, String(place.bundle.size))}</g>`,
    );
  return parts.join('');
}

function distantMark(
  { mark }: PlacedLink,
  share: number | null,
  colours: Palette,
  detail: Exclude<Detail, 'near'>,
): string {
  if (!mark || mark.kind === 'secured') return '';
  const [x, y] = middleOf(mark);
  const scale = mark.kind === 'mixed' ? 1.55 : detail === 'middle' ? 1.25 : 1.3;
  const drawn =
    mark.kind === 'refused'
      ? `<circle cx="${x + 24}" cy="${y}" r="9" fill="${colours.surface}" stroke="${colours.neutral}" stroke-width="1.25"/>` +
        glyph(BARRED_CIRCLE, x + 18, y - 6, 0.75, colours.text2)
      : lockMark(mark, share, colours);
  return `<g transform="translate(${x} ${y}) scale(${scale}) translate(${-x} ${-y})">${drawn}</g>`;
}

function lockMark(mark: PlacedMark, share: number | null, colours: Palette): string {
  const [x, y] = middleOf(mark);
  const quiet = {
    secured: colours.lockSecured,
    opaque: colours.lockOpaque,
    unknown: colours.lockUnknown,
  };
  if (mark.kind === 'secured' || mark.kind === 'opaque' || mark.kind === 'unknown')
    return (
      disc(x, y, 7.5, colours.box) + glyph(LOCK_GLYPHS[mark.kind], x - 5, y - 5.2, 0.833, quiet[mark.kind])
    );
  if (mark.kind === 'plaintext')
    return (
      pill(mark, `fill="${colours.lockPlain}" stroke="${colours.canvas}" stroke-width="2"`) +
      glyph(LOCK_GLYPHS.plaintext, x - 5.5, y - 5.8, 0.917, colours.lockPlainInk)
    );
  if (mark.kind === 'mixed')
    return (
      pill(mark, `fill="${colours.lockMixedSoft}" stroke="${colours.lockMixed}" stroke-width="1.25"`) +
      glyph(LOCK_GLYPHS.mixed, mark.x + 6, y - 6.2, 1, colours.lockMixed) +
      text(mark.x + 21, y + 4, 11, 700, colours.lockMixed, wholePercentText(share))
    );
  if (mark.kind === 'refused')
    return (
      pill(mark, `fill="${colours.surface}" stroke="${colours.neutral}" stroke-width="1.25"`) +
      glyph(BARRED_CIRCLE, mark.x + 6, y - 6, 0.75, colours.text2) +
      text(mark.x + 21, y + 3.7, 10.5, 600, colours.text2, 'refused')
    );
  return (
    `<circle cx="${x}" cy="${y}" r="8.5" fill="${colours.badSoft}" stroke="${colours.badMark}" stroke-width="1.25"/>` +
    `<path d="M${x - 3} ${y - 3}l6 6m0-6l-6 6" stroke="${colours.bad}" stroke-width="1.6" stroke-linecap="round"/>`
  );
}

function disc(x: number, y: number, radius: number, colour: string): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}"/>`;
}

function pill({ x, y, width, height }: PlacedMark, paint: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${height / 2}" ${paint}/>`;
}

function middleOf({
  x,
  y,
  width,
  height,
}: {
  x: number;
  y: number;
  width: number;
  height: number;
}): [number, number] {
  return [x + width / 2, y + height / 2];
}
