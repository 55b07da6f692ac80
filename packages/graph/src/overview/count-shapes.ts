// What a card counts because no line shows it: a sign and a number for each of the two worst kinds of fault, and how many more.

import { counted } from '@latchwork/figures/count';
import { BARRED_CIRCLE, type Glyph, LOCK_GLYPHS } from '@latchwork/figures/glyphs';
import { glyphShape, type Ink, type Measure, type Shape, words } from '../draw/shape.ts';
import type { FaultCounts } from '../scene/fault-counts.ts';
import { tenth, titled } from './pieces.ts';

const CROSS: Glyph = [{ d: 'M3 3l6 6M9 3l-6 6', stroke: 1.7, round: true }];
const EXCLAMATION: Glyph = [{ d: 'M6.2 2v5.2M6.2 9.8v.2', stroke: 2, round: true }];

interface CountKind {
  kind: keyof FaultCounts;
  glyph: Glyph;
  scale: number;
  ink: Ink;
  says: string;
}

/** The worst first. */
const KINDS: readonly CountKind[] = [
  { kind: 'bad', glyph: CROSS, scale: 0.88, ink: 'bad', says: 'failing or never arriving' },
  { kind: 'lock', glyph: LOCK_GLYPHS.plaintext, scale: 0.88, ink: 'lockMixed', says: 'not encrypted' },
  { kind: 'warn', glyph: EXCLAMATION, scale: 0.88, ink: 'warn', says: 'below the target' },
  { kind: 'refused', glyph: BARRED_CIRCLE, scale: 0.66, ink: 'neutral', says: 'refused' },
];

interface Drawn {
  shapes: Shape[];
  /** Where they begin. */
  left: number;
}

/** From `right` to the left, on the baseline `y`: two kinds where `room` holds them, else one; the others as one sum. */
export function countShapes(
  counts: FaultCounts,
  right: number,
  y: number,
  size: number,
  measure: Measure,
  room: number,
): Drawn {
  const two = drawn(counts, 2, right, y, size, measure);
  return right - two.left <= room ? two : drawn(counts, 1, right, y, size, measure);
}

function drawn(
  counts: FaultCounts,
  most: number,
  right: number,
  y: number,
  size: number,
  measure: Measure,
): Drawn {
  const all = KINDS.filter(({ kind }) => counts[kind] > 0);
  const shapes: Shape[] = [];
  let [x, left] = [right, right];
  const put = (says: string, text: string, weight: number, ink: Ink, glyph?: CountKind) => {
    left = x - measure(text, size, weight) - (glyph ? 13 : 0);
    const sign = glyph ? [glyphShape(glyph.glyph, tenth(left), y - 9.6, glyph.scale, ink)] : [];
    shapes.push(titled(says, [...sign, words(tenth(x), y, size, weight, ink, text, 'end')]));
    x = left - 7;
  };
  const rest = all.slice(most);
  if (rest.length > 0) {
    const sum = rest.reduce((total, { kind }) => total + counts[kind], 0);
    put(rest.map((kind) => spoken(counts, kind)).join(', '), `+${sum}`, 400, 'text3');
  }
  for (const kind of all.slice(0, most).reverse())
    put(spoken(counts, kind), String(counts[kind.kind]), 600, kind.ink, kind);
  return { shapes, left };
}

function spoken(counts: FaultCounts, { kind, says }: CountKind): string {
  return `${counted(counts[kind], 'more edge')} ${says}`;
}

export function addedCounts(a: FaultCounts, b: FaultCounts): FaultCounts {
  return { bad: a.bad + b.bad, lock: a.lock + b.lock, warn: a.warn + b.warn, refused: a.refused + b.refused };
}

/** The same in words, all kinds of them. */
export function countWords(counts: FaultCounts): string[] {
  return KINDS.flatMap(({ kind, says }) => (counts[kind] > 0 ? [`${counts[kind]} ${says}`] : []));
}
