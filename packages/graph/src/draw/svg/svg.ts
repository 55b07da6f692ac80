// The whole picture as one SVG text: no script, system fonts, and its content in words. The server makes pictures of it.

import { linkFigure } from '@latchwork/figures/link-figure';
import type { Targets } from '@latchwork/figures/targets';
import type { Layout, PlacedBox } from '../../layout/place.ts';
import { bundleLinks } from '../../scene/bundle-links.ts';
import type { Scene } from '../../scene/scene.ts';
import { boxDrawing } from '../box-shapes.ts';
import { cardShapes } from '../card-shapes.ts';
import { crowdedMarks } from '../crowded-marks.ts';
import type { DrawingContext } from '../drawing-context.ts';
import { edgeLabels } from '../edge-labels.ts';
import { type Detail, linkWidth, paintOrder, rateCeiling } from '../encode.ts';
import { linkDrawing } from '../link-shapes.ts';
import { markDrawing } from '../mark-shapes.ts';
import type { Shape } from '../shape.ts';
import { spokenCard, spokenLink, spokenScene } from '../spoken.ts';
import { type FrameOptions, svgFrame } from './svg-frame.ts';
import { ofPalette, svgShapes } from './svg-shapes.ts';
import { escaped, textWidth } from './svg-text.ts';

export interface SvgOptions extends Targets, FrameOptions {
  /** How near it is seen; without it as at zoom 1. */
  detail?: Detail;
  /** Whether lines carry their figures. */
  labels?: boolean;
}

export function svg(scene: Scene, layout: Layout, options: SvgOptions): string {
  const { colours, detail = 'near', labels = false, ...targets } = options;
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
  const crowded = crowdedMarks({
    links: scene.links.map((link) => sums.get(link.id) ?? link),
    placed: new Map(layout.links.map((placed) => [placed.id, placed])),
    ...{ detail, selectedId: null, lit: null },
  });
  const figures = labels
    ? edgeLabels({
        textOf: linkFigure,
        ...{ links: scene.links, layout, sums, ceilingRps, detail, lit: null },
        isWanted: () => true,
        measure: textWidth,
      })
    : [];

  const inks = ofPalette(colours);
  const drawn = (shapes: readonly Shape[]) => svgShapes(shapes, inks);
  const boxOf = (placed: PlacedBox) => boxDrawing(boxes.get(placed.id)!, placed, context, names);
  const drawing = [
    ...layout.boxes.map(
      (placed) => `<g transform="translate(${placed.x} ${placed.y})">${drawn([boxOf(placed).frame])}</g>`,
    ),
    ...painted.map(
      ({ placed, link }) =>
        `<g><title>${escaped(spokenLink(link, cards, targets))}</title>${drawn(linkDrawing(link, placed, linkWidth(link, ceilingRps)).shapes)}</g>`,
    ),
    ...layout.boxes.map(
      (placed) => `<g transform="translate(${placed.x} ${placed.y})">${drawn(boxOf(placed).head)}</g>`,
    ),
    ...painted.map(({ placed, link }) => {
      const { mark, beside } = markDrawing(placed, sums.get(link.id) ?? link, detail, crowded.has(link.id));
      return drawn([...(mark ? [mark] : []), ...beside]);
    }),
    drawn(figures.map(({ drawing }) => drawing)),
    ...layout.cards.map((placed) => {
      const card = cards.get(placed.id)!;
      return `<g transform="translate(${placed.x} ${placed.y})"><title>${escaped(spokenCard(card, targets))}</title>${drawn(cardShapes(card, placed, context))}</g>`;
    }),
  ];
  return svgFrame(layout, drawing, spokenScene(scene, targets), options);
}
