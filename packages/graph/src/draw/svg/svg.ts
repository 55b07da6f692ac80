// The whole picture as one SVG text: no script, system fonts, and its content in words. The server makes pictures of it.

import { percent, wholePercent, wholePercentText } from '@latchwork/figures/percent';
import { threeDigits } from '@latchwork/figures/rate';
import type { Targets } from '@latchwork/figures/targets';
import type { Layout, PlacedBox, PlacedLink } from '../../layout/place.ts';
import { type Link, sharedBy } from '../../scene/link.ts';
import type { Box, Scene } from '../../scene/scene.ts';
import { type Detail, paintOrder, rateCeiling } from '../encode.ts';
import { LOCK_GLYPHS } from '../glyphs.ts';
import type { Palette } from '../palette.ts';
import { glyph, svgCard, text } from './svg-card.ts';
import { HEADING_HEIGHT, type Heading, svgHeading } from './svg-heading.ts';
import { svgLabels } from './svg-labels.ts';
import { svgLink, svgMarks } from './svg-link.ts';
import { escaped, fitted, textWidth } from './svg-text.ts';

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
  const callers = new Set(scene.links.map(({ source }) => source));
  const ceiling = rateCeiling(Math.max(0, ...scene.links.map(({ http }) => http?.rps ?? 0)));
  const label = (id: string) => cards.get(id)?.label ?? id;
  const painted = [...layout.links]
    .map((place) => ({ place, link: links.get(place.id)! }))
    .sort((a, b) => paintOrder(a.link, b.link));

  const above = heading ? HEADING_HEIGHT * heading.scale : 0;
  const [width, height] = [layout.width + 2 * PADDING, layout.height + 2 * PADDING + above];
  const [x, y] = [layout.x - PADDING, layout.y - PADDING - above];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="${round(x)} ${round(y)} ${round(width)} ${round(height)}" role="img" font-family="${FONT}">`,
    `<title>${escaped(title)}</title><desc>${escaped(describe(scene, label))}</desc>`,
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${colours.canvas}"/>`,
    ...layout.boxes.map((place) => svgBox(place, boxes.get(place.id)!, colours, detail)),
    ...painted.map(({ place, link }) => svgLink(place, link, ceiling, inWords(link, label), colours)),
    ...painted.map(({ place, link }) => svgMarks(place, shareOf(place, link, links), colours, detail)),
    ...(labels ? svgLabels(scene.links, layout, ceiling, targets.successTarget, detail, colours) : []),
    ...layout.cards.map((place) =>
      svgCard(place, cards.get(place.id)!, callers.has(place.id), targets, colours, detail),
    ),
    ...(heading ? [svgHeading({ x, y, width }, heading, colours)] : []),
    '</svg>',
  ].join('\n');
}

function shareOf({ bundle }: PlacedLink, link: Link, links: ReadonlyMap<string, Link>): number | null {
  return bundle ? sharedBy(bundle.members.map((id) => links.get(id)!)) : link.securedShare;
}

function svgBox({ x, y, width, height }: PlacedBox, box: Box, colours: Palette, detail: Detail): string {
  const share = box.shares.requests ?? box.shares.connections;
  const nameWidth = textWidth(box.label, 12) * 1.04;
  const after = x + 27 + nameWidth + 12;
  const dash = box.injected ? '' : ' stroke-dasharray="4 4"';
  const frame = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="12" fill="${colours.box}" stroke="${colours.line2}"${dash}/>`;
  if (detail !== 'near') {
    const size = detail === 'middle' ? 16 : 19;
    return frame + text(x + 14, y + 21, size, 600, colours.text2, fitted(box.label, size, width - 24));
  }
  const mixed = share !== null && share < 1;
  const state = !mixed ? 'secured' : share > 0 ? 'mixed' : 'plaintext';
  const percent = share === null ? '' : wholePercentText(share);
  const fits = after + 14 + textWidth(`${percent} secured`, 11) < x + width - 6;
  let note = '';
  if (!box.injected) note = text(after, y + 19, 11, 400, colours.text3, 'not injected');
  else if (share !== null)
    note =
      glyph(LOCK_GLYPHS[state], after, y + 9.5, 0.8, mixed ? colours.lockMixed : colours.lockSecured) +
      text(after + 14, y + 19, 11, 400, colours.text3, fits ? `${percent} secured` : percent);
  return (
    frame +
    `<path d="m${x + 14} ${y + 13} 3.5 3.5 3.5-3.5" fill="none" stroke="${colours.text3}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>` +
    text(x + 27, y + 19, 12, 600, colours.text2, box.label) +
    note
  );
}

/** The picture for those who cannot see it: how much there is, and every exception by name. */
function describe({ cards, links, boxes }: Scene, label: (id: string) => string): string {
  const loud = links.filter(({ mark, tone }) => mark !== 'secured' || tone === 'bad' || tone === 'warn');
  const counted = `${cards.length} cards in ${boxes.length} namespaces, ${links.length} edges.`;
  return loud.length === 0
    ? `${counted} All of them are secured and healthy.`
    : `${counted} ${loud.map((link) => inWords(link, label)).join('; ')}.`;
}

const LOCK_WORDS = {
  secured: 'secured',
  mixed: 'secured in part',
  plaintext: 'plaintext',
  opaque: 'encrypted otherwise',
  unknown: 'lock unknown',
  refused: 'refused by policy',
  broken: 'no endpoint reached',
  none: 'no lock',
} as const;

function inWords(
  { source, target, http, tcp, mark, securedShare }: Link,
  label: (id: string) => string,
): string {
  const facts: string[] = [];
  if (http) facts.push(`${threeDigits(http.rps)} requests a second`);
  if (http && http.successRate !== null) facts.push(`${percent(http.successRate).value} percent success`);
  if (!http && tcp) facts.push(`${tcp.openConnections ?? 0} connections`);
  const share =
    mark === 'mixed' && securedShare !== null ? ` (${wholePercent(securedShare).value} percent)` : '';
  return [`${label(source)} to ${label(target)}`, ...facts, `${LOCK_WORDS[mark]}${share}`].join(', ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
