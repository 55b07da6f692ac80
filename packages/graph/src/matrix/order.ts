// In which order things stand in a matrix: by depth, so that calls back stand left of the diagonal. Kept once it is made: it
// knows boxes and their workloads, whatever is folded, and what is new goes where its depth says.

import type { Edge } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import { grouped } from '../grouped.ts';
import { byDepth, type Call, depths, type Outer } from '../overview/depth.ts';
import { boxesOf } from '../scene/box-of.ts';
import { cardIdOf } from '../scene/card.ts';

/** Ids by unit: a box's are its nodes', under `''` stand the units themselves. A plain value. */
export type MatrixOrder = Readonly<Record<string, readonly string[]>>;

const UNITS = '';
/** Of what is gone, so much is remembered for each that is there. */
const REMEMBERED = 2;

/** With the last one, everything keeps its place. */
export function toOrder(
  nodes: readonly Node[],
  edges: readonly Edge[],
  before: MatrixOrder | null,
): MatrixOrder {
  const boxes = boxesOf(nodes);
  const unitOf = new Map(nodes.map((node) => [node.id, cardIdOf(node, boxes)]));
  const units = [...new Set(unitOf.values())].sort();
  const order: Record<string, readonly string[]> = {
    [UNITS]: keptOrder(
      before?.[UNITS] ?? [],
      deepening(units, edges, (id) => unitOf.get(id)),
    ),
  };
  const insides = grouped(
    edges.filter(({ source, target }) => unitOf.get(source) === unitOf.get(target)),
    ({ source }) => unitOf.get(source),
  );
  for (const [unit, own] of grouped(nodes, ({ id }) => unitOf.get(id)!)) {
    if (own.length < 2 || !unit.startsWith('folded:')) continue;
    const ids = own.map(({ id }) => id).sort();
    order[unit] = keptOrder(
      before?.[unit] ?? [],
      deepening(ids, insides.get(unit) ?? [], (id) => id),
    );
  }
  return order;
}

/** Units, or the nodes of one; empty when there is but one. */
export function orderOf(order: MatrixOrder, unit = UNITS): readonly string[] {
  return order[unit] ?? [];
}

/** `ids` from the shallowest to the deepest, by the calls between them. */
function deepening(
  ids: readonly string[],
  edges: readonly Edge[],
  placeOf: (nodeId: string) => string | undefined,
): string[] {
  const indices = new Map(ids.map((id, index) => [id, index]));
  const indexOf = (nodeId: string) => indices.get(placeOf(nodeId) ?? '');
  const calls = new Map<number, Call>();
  for (const edge of edges) {
    const [source, target] = [indexOf(edge.source), indexOf(edge.target)];
    if (source === undefined || target === undefined || source === target) continue;
    const key = source * ids.length + target;
    const call = calls.get(key) ?? { source, target, rps: 0 };
    calls.set(key, { ...call, rps: call.rps + (edge.http?.rps ?? 0) });
  }
  const outer = ids.map((id): Outer => (isFirst(id) ? 'first' : isLast(id) ? 'last' : null));
  return byDepth(depths(ids.length, [...calls.values()]), outer).map((index) => ids[index]!);
}

function isFirst(id: string): boolean {
  return id === 'unmeshed' || id === 'outside:callers';
}

function isLast(id: string): boolean {
  return id === 'external' || id === 'outside:callees';
}

/** What was there keeps its place, what is new comes after whom it would follow. What is gone is remembered for a while. */
export function keptOrder(before: readonly string[], wanted: readonly string[]): string[] {
  const isKnown = new Set(before);
  const isThere = new Set(wanted);
  const remembers = before.length <= REMEMBERED * Math.max(1, wanted.length);
  const followers = new Map<string | null, string[]>();
  let last: string | null = null;
  for (const id of wanted) {
    if (isKnown.has(id)) last = id;
    else followers.set(last, [...(followers.get(last) ?? []), id]);
  }
  return [
    ...(followers.get(null) ?? []),
    ...before.flatMap((id) => [...(remembers || isThere.has(id) ? [id] : []), ...(followers.get(id) ?? [])]),
  ];
}
