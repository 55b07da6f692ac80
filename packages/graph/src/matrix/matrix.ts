// A graph as a matrix: callers are rows, callees columns, in one order. Boxes are folded on both sides together.

import type { Judge } from '@latchwork/figures/targets';
import type { Edge } from '@latchwork/shared/edge';
import type { Graph } from '@latchwork/shared/graph';
import type { Node } from '@latchwork/shared/node';
import { grouped } from '../grouped.ts';
import { boxOf } from '../scene/box-of.ts';
import { cardIdOf, foldedId } from '../scene/card.ts';
import { nodesInFocus } from '../scene/in-focus.ts';
import { type Link, toLink } from '../scene/link.ts';
import { sortedEdges } from '../scene/links.ts';
import { matches, type Only } from '../scene/only.ts';
import { type Cell, type Cells, packed, toCell, triedRps } from './cell.ts';
import { bodiesOf, headOf, type Item, sumOf, toItem } from './item.ts';
import { type MatrixOrder, orderOf } from './order.ts';

export interface MatrixWish {
  folded: ReadonlySet<string>;
  /** A card or a box: only calls to and from it. */
  focus: string | null;
  hidden: readonly string[];
  only: Only | null;
}

export interface MatrixAsk {
  graph: Pick<Graph, 'nodes' | 'edges'>;
  wish: MatrixWish;
  successTarget: number;
}

/** A plain value: it travels between threads. */
export interface Matrix {
  items: readonly Item[];
  /** Indices of items. */
  rows: readonly number[];
  columns: readonly number[];
  cells: Cells;
  /** Of one cell; 0 without requests. */
  mostRps: number;
  /** What the filter leaves out. */
  left: { rows: number; columns: number; cells: number };
  /** Workloads that neither call nor are called: they have no rows. */
  idle: number;
}

export function toMatrix({ graph, wish, successTarget }: MatrixAsk, order: MatrixOrder): Matrix {
  const judge = { successTarget };
  const edges = sortedEdges(graph.edges);
  const cardOf = new Map(graph.nodes.map((node) => [node.id, cardIdOf(node, wish.folded)]));
  const pairs = pairsOf(edges, graph.nodes, cardOf, wish);
  const busy = new Set(pairs.flatMap(({ source, target }) => [source, target]));
  const ordered = itemsOf(graph.nodes, cardOf, busy, order);
  const indices = new Map(ordered.map(({ id }, index) => [id, index]));
  const links = pairs.map(({ source, target, edges: own }) => ({
    whole: toLink('', source, target, own, judge),
    parts: own.length === 1 ? [] : own.map((edge) => toLink('', source, target, [edge], judge)),
  }));
  const cells = pairs.map(({ source, target }, index) =>
    toCell(links[index]!.whole, links[index]!.parts, indices.get(source)!, indices.get(target)!),
  );
  const items = withSums(ordered, cells, judge);
  const all = [...items.keys()];
  const shown = cells.filter((_, index) => wish.only === null || isKept(links[index]!, wish.only));
  const [rows, columns] = (['row', 'column'] as const).map((side) =>
    wish.only === null ? all : sideOf(items, new Set(shown.map((cell) => cell[side]))),
  ) as [number[], number[]];
  return {
    items,
    rows,
    columns,
    cells: placed(shown, rows, columns),
    mostRps: cells.reduce((most, cell) => Math.max(most, triedRps(cell)), 0),
    left: {
      rows: bodiesOf(items, all).length - bodiesOf(items, rows).length,
      columns: bodiesOf(items, all).length - bodiesOf(items, columns).length,
      cells: cells.length - shown.length,
    },
    idle: idleOf(graph, wish),
  };
}

interface Pair {
  source: string;
  target: string;
  edges: readonly Edge[];
}

/** The edges of each cell; those inside a folded box, and of what calls itself, stand on the diagonal. */
function pairsOf(
  edges: readonly Edge[],
  nodes: readonly Node[],
  cardOf: ReadonlyMap<string, string>,
  { focus, hidden }: MatrixWish,
): Pair[] {
  const away = new Set(hidden);
  const inFocus = nodesInFocus(nodes, focus);
  const shown = edges.filter(({ source, target }) => {
    const [from, to] = [cardOf.get(source), cardOf.get(target)];
    if (from === undefined || to === undefined || away.has(from) || away.has(to)) return false;
    return inFocus === null || inFocus.has(source) || inFocus.has(target);
  });
  const groups = grouped(shown, ({ source, target }) => `${cardOf.get(source)}>${cardOf.get(target)}`);
  return [...groups.values()].map((own) => ({
    source: cardOf.get(own[0]!.source)!,
    target: cardOf.get(own[0]!.target)!,
    edges: own,
  }));
}

/** In order, each open box under its head. */
function itemsOf(
  nodes: readonly Node[],
  cardOf: ReadonlyMap<string, string>,
  busy: ReadonlySet<string>,
  order: MatrixOrder,
): Item[] {
  const byCard = grouped(nodes, ({ id }) => cardOf.get(id)!);
  const itemOf = (id: string) => (busy.has(id) && byCard.has(id) ? [toItem(id, byCard.get(id)!)] : []);
  const byBox = grouped(nodes, (node) => {
    const box = boxOf(node);
    return box === null ? null : foldedId(box);
  });
  return orderOf(order).flatMap((unit) => {
    const folded = itemOf(unit);
    if (folded.length > 0 || !byBox.has(unit)) return folded;
    const own = byBox.get(unit)!;
    const ids = orderOf(order, unit);
    const inside = (ids.length > 0 ? ids : own.map(({ id }) => id)).flatMap(itemOf);
    return inside.length === 0 ? [] : [headOf(own[0]!, inside.length), ...inside];
  });
}

function withSums(items: readonly Item[], cells: readonly Cell[], judge: Judge): Item[] {
  const rows = grouped(cells, ({ row }) => row);
  const columns = grouped(cells, ({ column }) => column);
  return items.map((item, index) => ({
    ...item,
    out: sumOf(rows.get(index) ?? [], judge),
    in: sumOf(columns.get(index) ?? [], judge),
  }));
}

/**
 * A folded pair is of a kind when any of its edges is: a filter hides nothing of what it was asked for. An edge whose lock is
 * unknown makes no problem of those that are well.
 */
function isKept({ whole, parts }: { whole: Link; parts: readonly Link[] }, only: Only): boolean {
  return (
    matches(whole, only) ||
    parts.some((part) => matches(part.mark === 'unknown' ? { ...part, mark: 'secured' } : part, only))
  );
}

/** Items that have cells, with the heads over them. */
function sideOf(items: readonly Item[], used: ReadonlySet<number>): number[] {
  const open = new Set(
    [...used].map((index) => items[index]!).map(({ kind, box }) => kind !== 'folded' && box),
  );
  return [...items.keys()].filter((index) => {
    const { kind, box } = items[index]!;
    return kind === 'head' ? open.has(box) : used.has(index);
  });
}

/** From indices of items to those of rows and columns. */
function placed(cells: readonly Cell[], rows: readonly number[], columns: readonly number[]): Cells {
  const rowOf = new Map(rows.map((item, row) => [item, row]));
  const columnOf = new Map(columns.map((item, column) => [item, column]));
  const moved = cells.map((cell) => ({
    ...cell,
    row: rowOf.get(cell.row)!,
    column: columnOf.get(cell.column)!,
  }));
  return packed(
    moved.sort((a, b) => a.row - b.row || a.column - b.column),
    rows.length,
  );
}

function idleOf({ nodes, edges }: MatrixAsk['graph'], { focus }: MatrixWish): number {
  if (focus !== null) return 0;
  const busy = new Set(edges.flatMap(({ source, target }) => [source, target]));
  return nodes.filter(({ id, type }) => type === 'workload' && !busy.has(id)).length;
}
