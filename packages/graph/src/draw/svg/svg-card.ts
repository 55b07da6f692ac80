// One card as SVG text: ring, glyph, name and facts, in the colours of a palette.

import { cardFacts } from '@latchwork/figures/card-facts';
import type { Fact } from '@latchwork/figures/fact';
import { wholePercentText } from '@latchwork/figures/percent';
import type { Targets } from '@latchwork/figures/targets';
import type { Node } from '@latchwork/shared/node';
import type { PlacedCard } from '../../layout/place.ts';
import type { Card } from '../../scene/card.ts';
import { POD_CHIP, type PodCount, podCountOf, podCountWidth } from '../../scene/pod-count.ts';
import { arcOf, type Detail, ringOf, toneOfSuccess } from '../encode.ts';
import { GLOBE, GLOBE_DASHED, type Glyph, KIND_GLYPHS, LOCK_GLYPHS } from '../glyphs.ts';
import type { Palette } from '../palette.ts';
import { escaped, fitted, textWidth } from './svg-text.ts';

export function svgCard(
  place: PlacedCard,
  card: Card,
  calls: boolean,
  targets: Targets,
  colours: Palette,
  detail: Detail = 'near',
): string {
  const facts = () => cardFacts(card, calls, targets);
  const inside =
    detail !== 'near'
      ? distant(place, card, detail, targets, colours)
      : isPeer(card)
        ? peer(place, card, facts(), colours)
        : card.type === 'folded'
          ? folded(place, card, facts(), targets, colours)
          : plain(place, card, facts(), targets, colours);
  return `<g transform="translate(${place.x} ${place.y})"><title>${escaped(titleOf(card))}</title>${inside}</g>`;
}

function isPeer({ type }: Card): boolean {
  return type === 'unmeshed' || type === 'external' || type === 'peer' || type === 'outside';
}

function titleOf({ type, label, namespace, nodes }: Card): string {
  if (type === 'folded') return `namespace ${label}, ${nodes.length} workloads`;
  if (type === 'outside') return 'workloads of namespaces that are not shown here';
  const [node] = nodes;
  return node && 'kind' in node ? `${label}, ${node.kind} in ${namespace}` : label;
}

function plain(
  place: PlacedCard,
  card: Card,
  facts: readonly Fact[][],
  targets: Targets,
  colours: Palette,
): string {
  return (
    plate(place, card, colours) +
    ring(25, 28, card.traffic.successRate, targets, colours) +
    glyph(KIND_GLYPHS[kindOf(card.nodes[0]!)], 19, 22, 1, colours.text3) +
    text(46, 24, 12.5, 600, colours.text, fitted(card.label, 12.5, 96 - podCountWidth(podCountOf(card)))) +
    podMark(place, podCountOf(card), colours) +
    factLine(46, 41, facts[0] ?? [], colours)
  );
}

function podMark({ width }: PlacedCard, count: PodCount | null, colours: Palette): string {
  if (count === null) return '';
  const right = width - POD_CHIP.right;
  if (!count.isPartly)
    return `<text x="${right}" y="22.5" font-size="11" text-anchor="end" fill="${colours.text3}">${count.text}</text>`;
  const left = right - POD_CHIP.width;
  return (
    `<rect x="${left}" y="${POD_CHIP.top}" width="${POD_CHIP.width}" height="${POD_CHIP.height}" rx="4" fill="${colours.lockMixedSoft}" stroke="${colours.lockMixed}"/>` +
    `<text x="${left + POD_CHIP.width / 2}" y="22" font-size="11" font-weight="600" text-anchor="middle" fill="${colours.lockMixed}">${count.text}</text>`
  );
}

function plate({ width, height }: PlacedCard, card: Card, colours: Palette): string {
  const { type, meshed } = card;
  const whole = `<rect width="${width}" height="${height}"`;
  if (isPeer(card))
    return `${whole} rx="16" fill="${colours.sunken}" stroke="${colours.line3}" stroke-dasharray="4 3"/>`;
  if (type === 'folded')
    return [8, 4, 0]
      .map(
        (by, i) =>
          `<rect x="${by}" y="${by}" width="${width}" height="${height}" rx="12" fill="${colours.surface}" stroke="${colours.line2}" opacity="${[0.45, 0.75, 1][i]}"/>`,
      )
      .join('');
  if (type === 'service')
    return `${whole} rx="8" fill="none" stroke="${colours.line3}" stroke-dasharray="4 3"/>`;
  return meshed === false
    ? `${whole} rx="8" fill="${colours.sunken}" stroke="${colours.line2}" stroke-dasharray="4 3"/>`
    : `${whole} rx="8" fill="${colours.surface}" stroke="${colours.line2}"/>`;
}

/** Seen from afar: the name, large enough to be read, and how well it goes. */
function distant(
  place: PlacedCard,
  card: Card,
  detail: Exclude<Detail, 'near'>,
  targets: Targets,
  colours: Palette,
): string {
  const { successRate } = card.traffic;
  const isMiddle = detail === 'middle';
  const size = isMiddle || isPeer(card) ? 17 : 21;
  const x = isPeer(card) ? 12 : isMiddle ? 44 : 14;
  const y = place.height / 2;
  const tone = toneOfSuccess(successRate, targets.successTarget);
  const stripe = {
    good: colours.goodMark,
    warn: colours.warnMark,
    bad: colours.badMark,
    denied: null,
    none: null,
  }[tone];
  const sign = isPeer(card)
    ? ''
    : isMiddle
      ? ring(24, y, successRate, targets, colours, { radius: 12, stroke: 4 })
      : `<rect y="${y - 19}" width="6" height="38" rx="2" fill="${stripe ?? colours.line2}"/>`;
  return (
    plate(place, card, colours) +
    sign +
    text(x, y + (isMiddle ? 6 : 7.5), size, 600, colours.text, fitted(card.label, size, place.width - x - 6))
  );
}

function kindOf(node: Node): keyof typeof KIND_GLYPHS {
  return node.type === 'workload' ? node.kind : 'service';
}

function peer(place: PlacedCard, card: Card, facts: readonly Fact[][], colours: Palette): string {
  const globe = card.type === 'external' ? GLOBE : GLOBE_DASHED;
  return (
    plate(place, card, colours) +
    glyph(globe, 13, 20, 1, colours.text2) +
    text(38, 25, 12.5, 600, colours.text, fitted(card.label, 12.5, place.width - 46)) +
    factLine(38, 41, facts[0] ?? [], colours)
  );
}

function folded(
  place: PlacedCard,
  card: Card,
  facts: readonly Fact[][],
  targets: Targets,
  colours: Palette,
): string {
  const { width } = place;
  const share = card.shares.requests ?? card.shares.connections;
  const percent = share === null ? '' : wholePercentText(share);
  const shareWidth = percent === '' ? 0 : textWidth(percent, 11) + 16;
  const mixed = share !== null && share < 1;
  const colour = mixed ? colours.lockMixed : colours.lockSecured;
  return (
    plate(place, card, colours) +
    `<path d="m13 12 3.5 3.5-3.5 3.5" fill="none" stroke="${colours.text3}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>` +
    text(25, 20, 12.5, 600, colours.text, fitted(card.label, 12.5, width - 37 - shareWidth)) +
    (percent === ''
      ? ''
      : glyph(
          LOCK_GLYPHS[mixed ? (share > 0 ? 'mixed' : 'plaintext') : 'secured'],
          width - shareWidth - 10,
          10.5,
          0.85,
          colour,
        ) + text(width - shareWidth + 4, 20, 11, 600, colour, percent)) +
    ring(27, 53, card.traffic.successRate, targets, colours) +
    factLine(50, 49, facts[0] ?? [], colours) +
    factLine(50, 65, facts[1] ?? [], colours)
  );
}

function ring(
  x: number,
  y: number,
  successRate: number | null,
  { successTarget }: Targets,
  colours: Palette,
  { radius, stroke }: { radius: number; stroke: number } = { radius: 13, stroke: 3 },
): string {
  const made = ringOf(successRate, successTarget);
  if (!made)
    return `<circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="${colours.line2}" stroke-width="1.5" stroke-dasharray="2.5 2.5"/>`;
  const arc = (part: { from: number; to: number }, colour: string) => {
    const { dash, turn } = arcOf(part, radius);
    return `<circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="${colour}" stroke-width="${stroke}" stroke-dasharray="${dash}" transform="rotate(${turn.toFixed(1)} ${x} ${y})"/>`;
  };
  const failing = { warn: colours.warnMark, bad: colours.badMark };
  return (
    (made.rest ? arc(made.rest, colours.goodMark) : '') +
    (made.failing ? arc(made.failing, made.failing.tone ? failing[made.failing.tone] : colours.line3) : '')
  );
}

export function glyph(paths: Glyph, x: number, y: number, scale: number, colour: string): string {
  const drawn = paths.map(({ d, fill, stroke, dash, round, opacity }) =>
    [
      `<path d="${d}"`,
      fill ? ` fill="${colour}"` : ` fill="none" stroke="${colour}" stroke-width="${stroke}"`,
      dash ? ` stroke-dasharray="${dash}"` : '',
      round ? ' stroke-linecap="round" stroke-linejoin="round"' : '',
      opacity === undefined ? '' : ` opacity="${opacity}"`,
      '/>',
    ].join(''),
  );
  return `<g transform="translate(${x} ${y})${scale === 1 ? '' : ` scale(${scale})`}">${drawn.join('')}</g>`;
}

export function text(
  x: number,
  y: number,
  size: number,
  weight: number,
  colour: string,
  content: string,
): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}">${escaped(content)}</text>`;
}

function factLine(x: number, y: number, facts: readonly Fact[], colours: Palette): string {
  const ink = { plain: colours.text2, quiet: colours.text3, warn: colours.warn, bad: colours.bad };
  const spans = facts.map(({ value, unit, tone }, i) => {
    const loud = tone === 'warn' || tone === 'bad';
    const weight = loud ? 600 : tone === 'plain' ? 500 : 400;
    const space = i === 0 ? '' : ' dx="8"';
    return (
      `<tspan${space} fill="${ink[tone]}" font-weight="${weight}">${escaped(value)}</tspan>` +
      `<tspan fill="${loud ? ink[tone] : colours.text3}"${loud ? ' font-weight="600"' : ''}>${escaped(unit)}</tspan>`
    );
  });
  return `<text x="${x}" y="${y}" font-size="11" xml:space="preserve">${spans.join('')}</text>`;
}
