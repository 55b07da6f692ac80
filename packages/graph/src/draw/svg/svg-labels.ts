// The figures on lines as SVG text: as many as find room.

import { linkFigure } from '@latchwork/figures/link-figure';
import type { Layout } from '../../layout/place.ts';
import { bundleLinks } from '../../scene/bundle-links.ts';
import type { Link } from '../../scene/link.ts';
import { type Detail, linkWidth } from '../encode.ts';
import { labelPlaces } from '../label-places.ts';
import type { Palette } from '../palette.ts';
import { text } from './svg-card.ts';
import { textWidth } from './svg-text.ts';

const SIZE = 10.5;
/** From afar labels grow, so that they can be read. */
const SCALES: Record<Detail, number> = { near: 1, middle: 1.35, far: 1.7 };

export function svgLabels(
  links: readonly Link[],
  layout: Layout,
  ceiling: number,
  successTarget: number,
  detail: Detail,
  colours: Palette,
): string[] {
  const sums = bundleLinks(links, layout.links, null, successTarget);
  const scale = SCALES[detail];
  const figures = new Map(
    links.map((link) => {
      const sum = sums.get(link.id) ?? link;
      return [link.id, { words: linkFigure(sum), weight: linkWidth(sum, ceiling) }];
    }),
  );
  const widthOf = (words: string) => Math.max(30, textWidth(words, SIZE) + 10);
  const lines = layout.links.flatMap(({ id, points, mark, refusedMark, bundle }) => {
    const figure = figures.get(id);
    if (!figure || figure.words === '' || (bundle && !bundle.leads)) return [];
    const size = { labelWidth: widthOf(figure.words) * scale, labelHeight: 16 * scale };
    return [{ id, points, mark: refusedMark ?? mark, weight: figure.weight, ...size }];
  });
  const marks = layout.links.flatMap(({ mark, refusedMark }) =>
    [mark, refusedMark].filter((one) => one !== null),
  );
  return [...labelPlaces(lines, [...layout.cards, ...marks])].map(([id, { x, y }]) => {
    const words = figures.get(id)?.words ?? '';
    const width = widthOf(words);
    return (
      `<g transform="translate(${x} ${y}) scale(${scale})" text-anchor="middle">` +
      `<rect x="${-width / 2}" y="-8" width="${width}" height="16" rx="4" fill="${colours.surface}" stroke="${colours.line2}"/>` +
      `${text(0, 3.8, SIZE, 500, colours.text2, words)}</g>`
    );
  });
}
