// The mark of one cell: area by rate, colour by success, form by lock.

import { ratePlace, type Tone } from '../draw/encode.ts';
import type { Ink } from '../draw/shape.ts';
import { type Cell, triedRps } from './cell.ts';
import type { Pen } from './pen.ts';

const INKS: Record<Tone, Ink> = {
  good: 'edgeGood',
  none: 'edgeGood',
  warn: 'warnMark',
  bad: 'badMark',
  denied: 'neutral',
};
const TCP_AREA = 0.4;

type Told = Pick<
  Cell,
  'mark' | 'tone' | 'protocol' | 'partlyRefused' | 'rps' | 'unreachedRps' | 'offEdges' | 'offTone'
>;

/** `room`: the smaller side of the cell; `x`, `y`: its middle. */
export function drawMark(pen: Pen, cell: Told, x: number, y: number, room: number, ceilingRps: number): void {
  if (cell.mark === 'refused') drawRefused(pen, x, y, Math.min(6, room / 2 - 1.5));
  else if (cell.mark === 'broken') drawCross(pen, x, y, Math.min(4.5, room / 2 - 2.5));
  else drawTraffic(pen, cell, x, y, room, ceilingRps);
}

function drawTraffic(pen: Pen, cell: Told, x: number, y: number, room: number, ceilingRps: number): void {
  const most = sideOf(cell, room, ceilingRps);
  const frame = Math.min(room - 2.5, Math.max(Math.min(15, room - 2.5), most + 4.5));
  const side = cell.mark === 'secured' || cell.mark === 'none' ? most : Math.min(most, frame - 4);
  const ink = INKS[cell.tone];
  if (cell.protocol === 'tcp')
    pen.frame(x - side / 2 + 0.75, y - side / 2 + 0.75, side - 1.5, side - 1.5, ink, 1.5);
  else pen.fill(x - side / 2, y - side / 2, side, side, ink, 1);
  drawLock(pen, cell, x, y, frame);
  if (cell.partlyRefused) drawBar(pen, x, y, side);
  if (cell.offEdges > 0) drawOff(pen, x + frame / 2, y - frame / 2, INKS[cell.offTone]);
}

/** Something in it is off its target, though all together is not: a disc at its corner. */
function drawOff(pen: Pen, x: number, y: number, ink: Ink): void {
  pen.fill(x - 4, y - 1, 5, 5, 'surface', 2.5);
  pen.fill(x - 3.5, y - 0.5, 4, 4, ink, 2);
}

function sideOf({ protocol, ...cell }: Told, room: number, ceilingRps: number): number {
  const free = Math.min(22, room) - (room < 16 ? 5 : 6.5);
  const area = protocol === 'tcp' ? TCP_AREA : 0.2 + 0.8 * ratePlace(triedRps(cell), ceilingRps);
  return Math.max(4, Math.sqrt(area) * free);
}

/** Secured is quiet: nothing more. */
function drawLock(pen: Pen, { mark }: Told, x: number, y: number, side: number): void {
  const [left, top] = [x - side / 2, y - side / 2];
  if (mark === 'plaintext') pen.frame(left, top, side, side, 'lockPlain', 1.75, { radius: 3 });
  if (mark === 'opaque') pen.frame(left, top, side, side, 'lockOpaque', 1.75, { radius: 2, dash: [2, 1.5] });
  if (mark === 'unknown') pen.frame(left, top, side, side, 'lockUnknown', 1.75, { radius: 2, dash: [2, 2] });
  if (mark !== 'mixed') return;
  const [right, foot] = [left + side, top + side];
  const lower = [
    [left, y + 1],
    [left, foot - 1.5],
    [left + 1.5, foot],
    [right - 1.5, foot],
    [right, foot - 1.5],
    [right, y + 1],
  ] as const;
  pen.strokes(lower, 'lockMixed', 1.75);
}

function drawRefused(pen: Pen, x: number, y: number, radius: number): void {
  pen.ring(x, y, radius, 'neutral', 1.4);
  pen.strokes(
    [
      [x - radius / 2, y],
      [x + radius / 2, y],
    ],
    'neutral',
    1.4,
  );
}

function drawCross(pen: Pen, x: number, y: number, reach: number): void {
  pen.strokes(
    [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ],
    'badMark',
    2,
  );
  pen.strokes(
    [
      [x - reach, y + reach],
      [x + reach, y - reach],
    ],
    'badMark',
    2,
  );
}

/** Some got through and some were turned away: the mark with a bar across. */
function drawBar(pen: Pen, x: number, y: number, side: number): void {
  const reach = Math.max(3, side / 2) + 1.5;
  pen.fill(x - reach, y - 1.75, 2 * reach, 3.5, 'surface');
  pen.strokes(
    [
      [x - reach, y],
      [x + reach, y],
    ],
    'neutral',
    1.6,
  );
}
