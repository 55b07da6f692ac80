// Chips: a hub named on the card of whoever calls it, with the lock, instead of a line to it.

import { counted } from '@latchwork/figures/count';
import { BARRED_CIRCLE, GLOBE, type Glyph, LOCK_GLYPHS } from '@latchwork/figures/glyphs';
import { rateText } from '@latchwork/figures/rate';
import { glyphShape, type Ink, type Measure, type Shape, words } from '../draw/shape.ts';
import type { MarkKind } from '../scene/mark-kind.ts';
import type { Chip } from './overview-card.ts';
import { middleFitted } from './overview-detail.ts';
import { stroke, tenth, titled } from './pieces.ts';

const SIZE = 10.5;
const HEIGHT = 16;
const MOST_NAME = 66;
const APART = 4;
const BARE = 31;
const ARROW = 'h5m-2.2-2.4 2.4 2.4-2.4 2.4';
const CROSS: Glyph = [{ d: 'M3 3l6 6M9 3l-6 6', stroke: 1.7, round: true }];

interface ChipLook {
  fill: Ink;
  edge: Ink | null;
  ink: Ink;
  glyph: Glyph;
  scale: number;
  says: string;
}

const LOOKS: Record<MarkKind, ChipLook> = {
  secured: look('sunken', null, 'lockSecured', LOCK_GLYPHS.secured, 'secured'),
  opaque: look('sunken', null, 'lockOpaque', LOCK_GLYPHS.opaque, 'other TLS'),
  unknown: look('sunken', null, 'lockUnknown', LOCK_GLYPHS.unknown, 'lock unknown'),
  none: look('sunken', null, 'text3', [], 'no lock'),
  mixed: look('lockMixedSoft', 'lockMixed', 'lockMixed', LOCK_GLYPHS.mixed, 'mixed'),
  plaintext: look('lockPlain', null, 'lockPlainInk', LOCK_GLYPHS.plaintext, 'plaintext'),
  refused: { ...look('surface', 'neutral', 'text2', BARRED_CIRCLE, 'refused'), scale: 0.66 },
  broken: look('badSoft', 'badMark', 'bad', CROSS, 'no endpoint'),
};

function look(fill: Ink, edge: Ink | null, ink: Ink, glyph: Glyph, says: string): ChipLook {
  return { fill, edge, ink, glyph, scale: 0.85, says };
}

export interface ChipSight {
  measure: Measure;
  /** The hub that is pointed at or selected. */
  lit: string | null;
}

/** Of chips without their names, and what keeps them apart from others. */
export function leastWidth(chips: readonly Chip[]): number {
  return chips.length * (BARE + APART);
}

/** Hubs that call this card, from `left` on: arrow, lock, name. */
export function chipsIn(
  chips: readonly Chip[],
  left: number,
  y: number,
  room: number,
  sight: ChipSight,
): Shape[] {
  return drawnIn(chips, namesThatFit(chips, room, sight.measure), left, y, sight.lit);
}

/** Hubs that this card calls, up to `right`: name, lock, arrow. */
export function chipsOut(
  chips: readonly Chip[],
  right: number,
  y: number,
  room: number,
  sight: ChipSight,
): Shape[] {
  return drawnOut(chips, namesThatFit(chips, room, sight.measure), right, y, sight.lit);
}

/** Both in one row, from `left` on and up to `right`. */
export function chipRow(
  ins: readonly Chip[],
  outs: readonly Chip[],
  left: number,
  right: number,
  y: number,
  { measure, lit }: ChipSight,
): Shape[] {
  const names = namesThatFit([...ins, ...outs], right - left, measure);
  return [
    ...drawnIn(ins, names.slice(0, ins.length), left, y, lit),
    ...drawnOut(outs, names.slice(ins.length), right, y, lit),
  ];
}

function drawnIn(
  chips: readonly Chip[],
  names: readonly Name[],
  left: number,
  y: number,
  lit: string | null,
): Shape[] {
  let x = left;
  return chips.map((chip, i) => {
    const { width, label, isGlobe } = names[i]!;
    const parts = LOOKS[chip.mark];
    const shapes: Shape[] = [
      plate(x, y, width, parts, chip.hub === lit),
      stroke(`M${x + 5} ${y + 8}${ARROW}`, parts.ink, 1.2),
      glyphShape(parts.glyph, x + 14, y + 2.6, parts.scale, parts.ink),
      ...nameShapes(x + 27, y, label, isGlobe, nameInk(chip, parts)),
    ];
    x += width + APART;
    return group(chip, `called by ${chip.label}`, shapes);
  });
}

function drawnOut(
  chips: readonly Chip[],
  names: readonly Name[],
  right: number,
  y: number,
  lit: string | null,
): Shape[] {
  let x = right - names.reduce((sum, { width }) => sum + width + APART, -APART);
  return chips.map((chip, i) => {
    const { width, label, isGlobe } = names[i]!;
    const parts = LOOKS[chip.mark];
    const shapes: Shape[] = [
      plate(x, y, width, parts, chip.hub === lit),
      ...nameShapes(x + 6, y, label, isGlobe, nameInk(chip, parts)),
      glyphShape(parts.glyph, x + width - 25, y + 2.6, parts.scale, parts.ink),
      stroke(`M${x + width - 12} ${y + 8}${ARROW}`, parts.ink, 1.2),
    ];
    x += width + APART;
    return group(chip, `calls ${chip.label}`, shapes);
  });
}

function group(chip: Chip, does: string, shapes: Shape[]): Shape {
  const facts = [counted(chip.edges, 'edge'), rateText(chip.rps), LOOKS[chip.mark].says].join(', ');
  return titled(`${does}: ${facts}`, shapes);
}

function plate(x: number, y: number, width: number, { fill, edge }: ChipLook, isLit: boolean): Shape {
  const box = { is: 'rect', x: tenth(x), y, width, height: HEIGHT, radius: 4, fill } as const;
  if (isLit) return { ...box, stroke: 'accent', strokeWidth: 2 };
  return edge ? { ...box, stroke: edge } : box;
}

function nameShapes(x: number, y: number, label: string, isGlobe: boolean, ink: Ink): Shape[] {
  if (isGlobe) return [glyphShape(GLOBE, x, y + 2, 0.75, ink)];
  return label === '' ? [] : [words(x, y + 11.6, SIZE, 500, ink, label)];
}

/** Success below its target colours the name; on a filled chip the lock says enough. */
function nameInk({ tone, mark }: Chip, { ink }: ChipLook): Ink {
  if (mark === 'plaintext') return ink;
  if (tone === 'bad' || tone === 'warn') return tone;
  return mark === 'secured' ? 'text2' : ink;
}

interface Name {
  label: string;
  isGlobe: boolean;
  width: number;
}

/** Without room the longest names go; the lock stays. */
function namesThatFit(chips: readonly Chip[], room: number, measure: Measure): Name[] {
  const made = chips.map(({ label, isInternet }) => {
    const shown = isInternet ? '' : middleFitted(label, SIZE, 500, MOST_NAME, measure);
    const nameWidth = isInternet ? 12 : measure(shown, SIZE, 500);
    return { label: shown, isGlobe: isInternet, width: Math.round(BARE + nameWidth + 5) };
  });
  const total = () => made.reduce((sum, { width }) => sum + width + APART, -APART);
  while (total() > room) {
    const longest = made.filter(({ label }) => label !== '').sort((a, b) => b.width - a.width)[0];
    if (!longest) break;
    Object.assign(longest, { label: '', width: BARE });
  }
  return made;
}
