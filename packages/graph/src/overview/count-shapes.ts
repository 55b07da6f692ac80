// What a card counts because no line shows it: a sign and a number for each kind of fault, the two worst of them.

import { counted } from '@latchwork/figures/count';
import { BARRED_CIRCLE, type Glyph, LOCK_GLYPHS } from '@latchwork/figures/glyphs';
import { glyphShape, type Ink, type Measure, type Shape, words } from '../draw/shape.ts';
import type { FaultCounts } from './overview-card.ts';
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

/** From `right` to the left, on the baseline `y`; `left` is where they begin. */
export function countShapes(
  counts: FaultCounts,
  right: number,
  y: number,
  size: number,
  measure: Measure,
  most = 2,
): { shapes: Shape[]; left: number } {
  let x = right;
  const shapes: Shape[] = [];
  const worst = KINDS.filter(({ kind }) => counts[kind] > 0).slice(0, most);
  for (const { kind, glyph, scale, ink, says } of worst.reverse()) {
    const text = String(counts[kind]);
    const width = measure(text, size, 600);
    const start = x - width - 13;
    shapes.push(
      titled(`${counted(counts[kind], 'more edge')} ${says}`, [
        glyphShape(glyph, tenth(start), y - 9.6, scale, ink),
        words(x, y, size, 600, ink, text, 'end'),
      ]),
    );
    x = start - 7;
  }
  return { shapes, left: worst.length === 0 ? right : x + 7 };
}

/** The same in words, all kinds of them. */
export function countWords(counts: FaultCounts): string[] {
  return KINDS.flatMap(({ kind, says }) => (counts[kind] > 0 ? [`${counts[kind]} ${says}`] : []));
}
