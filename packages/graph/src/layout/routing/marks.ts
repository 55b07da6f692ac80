// Where marks stand before their cards, and how much room they need free of tracks.

import { worstMark } from '../../scene/worst-mark.ts';
import type { Board } from '../board.ts';
import type { PlacedMark, Rectangle } from '../place.ts';
import type { Units } from './bundles.ts';
import { markRectangle, NUMBER_WIDTH, REFUSED_BEFORE, roomOf, SPLIT } from './mark-size.ts';
import type { Routes } from './routes.ts';

const CLEAR = 3;

/** The mark of one unit, with x counted from the left edge of its card: 0 there, negative before it. */
export interface UnitMark {
  unit: number;
  card: number;
  mark: PlacedMark | null;
  refusedMark: Rectangle | null;
  splitMark: Rectangle | null;
  /** Middle of the number of a bundle. */
  number: { x: number; y: number } | null;
  /** The level of its line, and how high it stands there. */
  level: number;
  height: number;
  /** Px before the card that must stay free of tracks at this level. */
  room: number;
}

/** By unit. From top to bottom at each card: a mark that would touch an earlier one moves left until it is clear. */
export function unitMarks(board: Board, units: Units, routes: Routes): UnitMark[] {
  const marks: UnitMark[] = [];
  for (const [card, ins] of board.ins.entries()) {
    const present = [...new Set(ins.map((e) => units.of[e]!))];
    const levelOf = (unit: number) => routes.in[units.members[unit]![0]!]!;
    const placed: Rectangle[] = [];
    for (const unit of present.sort((a, b) => levelOf(a) - levelOf(b) || a - b)) {
      const made = clearOf(placed, (shift) => toUnitMark(board, units, unit, card, levelOf(unit), shift));
      placed.push(...rectanglesOf(made));
      marks[unit] = made;
    }
  }
  return marks;
}

function toUnitMark(
  board: Board,
  units: Units,
  unit: number,
  card: number,
  y: number,
  shift: number,
): UnitMark {
  const members = units.members[unit]!;
  const kind = worstMark(members.map((e) => board.marks[e]!));
  const { compactMarks } = board.style;
  const mark = markRectangle(kind, { x: 0, y }, shift, compactMarks);
  const partly = members.some((e) => board.partlyRefused[e]);
  let room = roomOf(kind, compactMarks) + shift;
  let x = mark ? mark.x : -20;
  let refusedMark: Rectangle | null = null;
  if (partly && mark) {
    const middle = mark.x + mark.width / 2 - (mark.width - 15) / 2 - REFUSED_BEFORE;
    refusedMark = { x: middle - 7.5, y: y - 7.5, width: 15, height: 15 };
    room += x - refusedMark.x;
    x = refusedMark.x;
  }
  let splitMark: Rectangle | null = null;
  if (members.length === 1 && board.isSplit[members[0]!] && !compactMarks) {
    const { width, height, before } = SPLIT;
    splitMark = { x: x - before - width, y: y - height / 2, width, height };
    room += before + width;
  }
  let number: UnitMark['number'] = null;
  if (members.length > 1) {
    number = { x: x - NUMBER_WIDTH / 2, y };
    room += NUMBER_WIDTH;
  }
  const height = Math.max(mark?.height ?? 0, refusedMark?.height ?? 0, splitMark?.height ?? 0, 8);
  return { unit, card, mark, refusedMark, splitMark, number, level: y, height, room };
}

function clearOf(placed: readonly Rectangle[], make: (shift: number) => UnitMark): UnitMark {
  let made = make(0);
  for (let shift = 0, round = 0; round < 8; round++) {
    const hit = rectanglesOf(made).flatMap((mine) =>
      placed.filter((other) => touches(mine, other)).map((other) => mine.x + mine.width - other.x + CLEAR),
    );
    if (hit.length === 0) break;
    shift += Math.max(...hit);
    made = make(shift);
  }
  return made;
}

function rectanglesOf({ mark, refusedMark, splitMark, number }: UnitMark): Rectangle[] {
  const rectangles: Rectangle[] = [mark, refusedMark, splitMark].filter((one) => one !== null);
  if (number)
    rectangles.push({ x: number.x - NUMBER_WIDTH / 2, y: number.y - 6, width: NUMBER_WIDTH, height: 12 });
  return rectangles;
}

/** More than 1 px of each other: at 14 px apart two quiet locks just overlap by their discs' rims, which are bare. */
function touches(a: Rectangle, b: Rectangle): boolean {
  return (
    Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 0 &&
    Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 1
  );
}
