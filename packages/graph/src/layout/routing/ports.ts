// Where links leave and enter their cards: in the order that crosses least, straight where they can be.

import { grouped } from '../../grouped.ts';
import type { Board } from '../board.ts';
import { isotonic } from '../placing/isotonic.ts';
import { isForward } from '../placing/layers.ts';
import type { Placement } from '../placing/placement.ts';
import type { Units } from './bundles.ts';
import type { Routes } from './routes.ts';

const IN_APART = 18;
const IN_APART_PILLS = 19;
const IN_APART_WIDE = 22;
const IN_CORNER = 7;
const OUT_APART = 6.5;
const OUT_SPREAD = 8;
const OUT_CORNER = 5;
const STRAIGHT = 12;
const OUT_SHIFT = 8;
const OUT_KEEP = 4.5;
const SHIFT = 20;
const KEEP = 15;
const KEEP_PILLS = 17;

/** In ports by where links come from, out ports by where they go, then in ports once more to meet them. */
export function setPorts(board: Board, placement: Placement, units: Units, routes: Routes): void {
  for (const card of board.cards.keys()) setInPorts(board, placement, units, routes, card);
  for (const card of board.cards.keys()) setOutPorts(board, placement, units, routes, card);
  for (const card of board.cards.keys()) meetInPorts(board, placement, units, routes, card);
}

/** After the last lanes: ports move by what they can to meet them, and nothing is sorted anew. */
export function meetPorts(board: Board, placement: Placement, units: Units, routes: Routes): void {
  for (const card of board.cards.keys()) meetOutPorts(board, placement, routes, card);
  for (const card of board.cards.keys()) meetInPorts(board, placement, units, routes, card);
}

/** The level at which a link comes to the gap before its target; a turn beyond all others. */
function comesFrom(
  board: Board,
  { layer }: Placement,
  { out, lanes }: Routes,
  e: number,
  middle: number,
): number {
  if (isForward(board, layer, e)) return lanes[e]!.at(-1) ?? out[e]!;
  return turnKey(lanes[e]![0], middle);
}

function goesTo(board: Board, { layer }: Placement, routes: Routes, e: number, middle: number): number {
  if (isForward(board, layer, e)) return routes.lanes[e]![0] ?? routes.in[e]!;
  return turnKey(routes.lanes[e]![0], middle);
}

/** Turns stand outside of passes, the nearest of them outermost: so they nest. */
function turnKey(level: number | undefined, middle: number): number {
  if (level === undefined) return middle;
  return level < middle ? -1e6 - level : 1e6 - level;
}

interface InUnit {
  members: number[];
  key: number;
}

function inUnits(board: Board, placement: Placement, units: Units, routes: Routes, card: number): InUnit[] {
  if (board.ins[card]!.length === 1) return [{ members: board.ins[card]!, key: 0 }];
  const middle = placement.y[card]! + board.height[card]! / 2;
  const byUnit = grouped(board.ins[card]!, (e) => units.of[e]!);
  return [...byUnit.values()]
    .map((members) => ({
      members,
      key:
        members.reduce((sum, e) => sum + comesFrom(board, placement, routes, e, middle), 0) / members.length,
    }))
    .sort(
      (a, b) =>
        a.key - b.key ||
        routes.out[a.members[0]!]! - routes.out[b.members[0]!]! ||
        a.members[0]! - b.members[0]!,
    );
}

function isPill(board: Board, { members }: InUnit): boolean {
  return ['plaintext', 'mixed', 'refused'].includes(board.marks[members[0]!]!);
}

function isWide(board: Board, { members }: InUnit): boolean {
  return !board.style.compactMarks && ['mixed', 'refused'].includes(board.marks[members[0]!]!);
}

function setInPorts(board: Board, placement: Placement, units: Units, routes: Routes, card: number): void {
  const sorted = inUnits(board, placement, units, routes, card);
  const count = sorted.length;
  if (count === 0) return;
  const height = board.height[card]!;
  let apart = sorted.some((unit) => isPill(board, unit)) ? IN_APART_PILLS : IN_APART;
  if (count === 2 && sorted.every((unit) => isWide(board, unit))) apart = IN_APART_WIDE;
  apart = board.style.portsApart ?? apart;
  if (count > 1) apart = Math.min(apart, (height - 2 * IN_CORNER) / (count - 1));
  const middle = placement.y[card]! + height / 2;
  for (const [i, { members }] of sorted.entries())
    for (const e of members) routes.in[e] = middle + (i - (count - 1) / 2) * apart;
}

function setOutPorts(board: Board, placement: Placement, _units: Units, routes: Routes, card: number): void {
  const outs = board.outs[card]!;
  if (outs.length === 0) return;
  const height = board.height[card]!;
  const [top, middle] = [placement.y[card]!, placement.y[card]! + height / 2];
  const [low, high] = [top + OUT_CORNER, top + height - OUT_CORNER];
  const key = new Map(outs.map((e) => [e, goesTo(board, placement, routes, e, middle)]));
  const sorted = [...outs].sort(
    (a, b) =>
      key.get(a)! - key.get(b)! ||
      routes.in[a]! - routes.in[b]! ||
      placement.layer[board.target[a]!]! - placement.layer[board.target[b]!]! ||
      a - b,
  );
  const count = sorted.length;
  const spread = Math.min(OUT_SPREAD, (high - low) / Math.max(1, count - 1));
  const wanted: number[] = [];
  const weight: number[] = [];
  for (const [i, e] of sorted.entries()) {
    const level = key.get(e)!;
    const straight = level >= low && level <= high;
    wanted.push(straight ? level : middle + (i - (count - 1) / 2) * spread);
    weight.push(straight ? STRAIGHT * board.pull[e]! : 1);
  }
  const apart = Math.min(OUT_APART, (high - low) / Math.max(1, count - 1));
  const levels = isotonic(
    wanted,
    weight,
    sorted.map(() => apart),
    low,
    high,
  );
  for (const [i, e] of sorted.entries()) routes.out[e] = levels[i]!;
}

/** An out port moves a little to the level that its link goes to, when its neighbours keep clear. */
function meetOutPorts(board: Board, placement: Placement, routes: Routes, card: number): void {
  const top = placement.y[card]!;
  const byLevel = [...board.outs[card]!].sort((a, b) => routes.out[a]! - routes.out[b]!);
  for (const [i, e] of byLevel.entries()) {
    if (!isForward(board, placement.layer, e)) continue;
    const to = routes.lanes[e]![0] ?? routes.in[e]!;
    if (to === routes.out[e] || Math.abs(to - routes.out[e]!) > OUT_SHIFT) continue;
    const low = i === 0 ? top + OUT_CORNER : routes.out[byLevel[i - 1]!]! + OUT_KEEP;
    const high =
      i + 1 === byLevel.length
        ? top + board.height[card]! - OUT_CORNER
        : routes.out[byLevel[i + 1]!]! - OUT_KEEP;
    if (to >= low && to <= high) routes.out[e] = to;
  }
}

/** An in port moves a little to where its link comes from, when its neighbours keep their distance: no small jogs. */
function meetInPorts(board: Board, placement: Placement, units: Units, routes: Routes, card: number): void {
  const sorted = inUnits(board, placement, units, routes, card);
  const byLevel = sorted.sort((a, b) => routes.in[a.members[0]!]! - routes.in[b.members[0]!]!);
  const levels = byLevel.map(({ members }) => routes.in[members[0]!]!);
  const keep = byLevel.some((unit) => isPill(board, unit)) ? KEEP_PILLS : KEEP;
  const top = placement.y[card]!;
  for (const [i, unit] of byLevel.entries()) {
    if (unit.members.length > 1) continue;
    const [e] = unit.members as [number];
    if (!isForward(board, placement.layer, e)) continue;
    const from = comesFrom(board, placement, routes, e, top);
    const shift = Math.abs(from - levels[i]!);
    if (shift > SHIFT || shift === 0) continue;
    const low = i === 0 ? top + IN_CORNER : levels[i - 1]! + keep;
    const high = i + 1 === byLevel.length ? top + board.height[card]! - IN_CORNER : levels[i + 1]! - keep;
    if (from < low || from > high) continue;
    levels[i] = from;
    routes.in[e] = from;
  }
}
