// Links that share one port: where more would land on a card than it has room for, those with like locks go together.

import type { MarkKind } from '../../scene/mark-kind.ts';
import { type Board, mostPorts } from '../board.ts';

/** The first to be bundled is the most harmless. */
const CLASSES: readonly (readonly MarkKind[])[] = [
  ['secured', 'opaque', 'unknown', 'none'],
  ['plaintext'],
  ['mixed'],
  ['refused'],
  ['broken'],
];

/** `of` is the unit of each link: its bundle, or itself alone. Units are numbered from 0. */
export interface Units {
  of: Int32Array;
  members: readonly number[][];
  /** What crossing one of its links costs: crossing a trunk is one crossing for the eye. */
  share: Float64Array;
}

export function bundles(board: Board): Units {
  return toUnits(
    board,
    board.ins.flatMap((ins, card) => unitsOf(board, card, ins)),
  );
}

export function toUnits(board: Board, members: readonly number[][]): Units {
  const of = new Int32Array(board.links.length);
  for (const [unit, links] of members.entries()) for (const e of links) of[e] = unit;
  return { of, members, share: Float64Array.from(of, (unit) => members[unit]!.length ** -0.4) };
}

export function bundleName(board: Board, link: number): string {
  return `${board.cards[board.target[link]!]}<${CLASSES[bundleClass(board, link)]![0]}`;
}

/** Links of one class may share a port. */
export function bundleClass({ marks }: Board, link: number): number {
  return CLASSES.findIndex((kinds) => kinds.includes(marks[link]!));
}

function unitsOf(board: Board, card: number, ins: readonly number[]): number[][] {
  const most = mostPorts(board, card);
  let units = ins.map((e) => [e]);
  for (let kind = 0; kind < CLASSES.length && units.length > most; kind++) {
    const like = units.filter(([e]) => bundleClass(board, e!) === kind);
    if (like.length < 2) continue;
    units = [like.flat().sort((a, b) => a - b), ...units.filter(([e]) => bundleClass(board, e!) !== kind)];
  }
  return units.sort((a, b) => a[0]! - b[0]!);
}
