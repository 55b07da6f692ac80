// The whole picture as one SVG text: no script, system fonts, and its content in words. The server makes pictures of it.

import type { Targets } from '@latchwork/figures/targets';
import type { Layout } from '../../layout/place.ts';
import { bundleLinks } from '../../scene/bundle-links.ts';
import type { Scene } from '../../scene/scene.ts';
import { boxDrawing } from '../box-shapes.ts';
import { cardShapes } from '../card-shapes.ts';
import type { DrawingContext } from '../drawing-context.ts';
import { edgeLabels } from '../edge-labels.ts';
import { type Detail, linkWidth, paintOrder, rateCeiling } from '../encode.ts';
import { linkDrawing } from '../link-shapes.ts';
import { markDrawing } from '../mark-shapes.ts';
import type { Palette } from '../palette.ts';
import type { Shape } from '../shape.ts';
import { spokenCard, spokenLink, spokenScene } from '../spoken.ts';
import { HEADING_HEIGHT, type Heading, svgHeading } from './svg-heading.ts';
import { svgShapes } from './svg-shapes.ts';
import { escaped, textWidth } from './svg-text.ts';

const PADDING = 12;
const FONT =
  "-apple-system, 'Segoe UI', Inter, 'Adwaita Sans', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif";

export interface SvgOptions extends Targets {
  colours: Palette;
  /** What the picture is, for those who cannot see it. */
  title: string;
  /** How near it is seen; without it as at zoom 1. */
  detail?: Detail;
  /** Whether lines carry their figures. */
  labels?: boolean;
  /** Said above the picture, for one that stands alone. */
  heading?: Heading;
}

export function svg(
  scene: Scene,
  layout: Layout,
  { colours, title, detail = 'near', labels = false, heading, ...targets }: SvgOptions,
): string {
  const cards = new Map(scene.cards.map((card) => [card.id, card]));
  const links = new Map(scene.links.map((link) => [link.id, link]));
  const boxes = new Map(scene.boxes.map((box) => [box.id, box]));
  const ceilingRps = rateCeiling(Math.max(0, ...scene.links.map(({ http }) => http?.rps ?? 0)));
  const sums = bundleLinks(scene.links, layout.links, null, targets);
  const context: DrawingContext = {
    detail,
    targets,
    measure: textWidth,
    labels: scene.cards.map(({ label }) => label),
    callers: new Set(scene.links.map(({ source }) => source)),
  };
  const names = scene.boxes.map(({ label }) => label);
  const painted = layout.links
    .map((placed) => ({ placed, link: links.get(placed.id)! }))
    .sort((a, b) => paintOrder(a.link, b.link));
  const figures = labels
    ? edgeLabels({
        ...{ links: scene.links, layout, sums, ceilingRps, detail, lit: null },
        isWanted: () => true,
        measure: textWidth,
      })
    : [];

  const above = heading ? HEADING_HEIGHT * heading.scale : 0;
  const [width, height] = [layout.width + 2 * PADDING, layout.height + 2 * PADDING + above].map(round);
  const [x, y] = [round(layout.x - PADDING), round(layout.y - PADDING - above)];
  const drawn = (shapes: readonly Shape[]) => svgShapes(shapes, colours);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}" role="img" font-family="${FONT}">`,
    `<title>${escaped(title)}</title><desc>${escaped(spokenScene(scene, targets))}</desc>`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colours.canvas}"/>`,
    ...layout.boxes.map(
      (placed) =>
        `<g transform="translate(${placed.x} ${placed.y})">${drawn(boxDrawing(boxes.get(placed.id)!, placed, context, names).shapes)}</g>`,
    ),
    ...painted.map(
      ({ placed, link }) =>
        `<g><title>${escaped(spokenLink(link, cards, targets))}</title>${drawn(linkDrawing(link, placed, linkWidth(link, ceilingRps)).shapes)}</g>`,
    ),
    ...painted.map(({ placed, link }) => {
      const { mark, beside } = markDrawing(placed, (sums.get(link.id) ?? link).securedShare, detail);
      return drawn([...(mark ? [mark] : []), ...beside]);
    }),
    drawn(figures.map(({ drawing }) => drawing)),
    ...layout.cards.map((placed) => {
      const card = cards.get(placed.id)!;
      return `<g transform="translate(${placed.x} ${placed.y})"><title>${escaped(spokenCard(card, targets))}</title>${drawn(cardShapes(card, placed, context))}</g>`;
    }),
    ...(heading ? [svgHeading({ x, y, width: width! }, heading, colours)] : []),
    '</svg>',
  ].join('\n');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
