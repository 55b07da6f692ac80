// The map of namespaces or groups as SVG text: no script, system fonts, and its content in words.

import type { Overview } from '../../overview/overview.ts';
import { lineDetail, overviewDetail } from '../../overview/overview-detail.ts';
import { overviewShapes } from '../../overview/overview-shapes.ts';
import { bundleShare, overviewWords } from '../../overview/overview-words.ts';
import { spokenOverviewCard } from '../../overview/spoken-card.ts';
import { linkWidth, MAP_WIDTH_RANGE, paintOrder, rateCeiling } from '../encode.ts';
import { linkDrawing } from '../link-shapes.ts';
import { mapMarkDrawing } from '../mark-shapes.ts';
import type { SvgOptions } from './svg.ts';
import { svgFrame } from './svg-frame.ts';
import { ofPalette, svgShapes } from './svg-shapes.ts';
import { escaped, textWidth } from './svg-text.ts';

export function svgOverview(overview: Overview, options: SvgOptions): string {
  const { successTarget } = options;
  const inks = ofPalette(options.colours);
  const { layout, form, zoom } = overview;
  const detail = overviewDetail(zoom);
  const cards = new Map(overview.cards.map((card) => [card.id, card]));
  const lines = new Map(overview.lines.map((line) => [line.id, line]));
  const ceiling = rateCeiling(overview.lines.reduce((most, { rps }) => Math.max(most, rps), 0));
  const painted = layout.links
    .flatMap((place) => {
      const line = lines.get(place.id);
      return line ? [{ place, line }] : [];
    })
    .sort((a, b) => paintOrder(a.line, b.line));
  const drawing = [
    ...painted.map(({ place, line }) =>
      svgShapes(linkDrawing(line, place, linkWidth(line, ceiling, MAP_WIDTH_RANGE)).shapes, inks),
    ),
    ...painted.map(({ place, line }) => {
      const { mark, beside } = mapMarkDrawing(place, bundleShare(place, line, lines), lineDetail(detail));
      return svgShapes([...(mark ? [mark] : []), ...beside], inks);
    }),
    ...layout.cards.map(({ id, x, y }) => {
      const card = cards.get(id)!;
      const shapes = overviewShapes(card, { form, detail, successTarget, measure: textWidth });
      return `<g transform="translate(${x} ${y})"><title>${escaped(spokenOverviewCard(card))}</title>${svgShapes(shapes, inks)}</g>`;
    }),
  ];
  return svgFrame(layout, drawing, overviewWords(overview), options);
}
