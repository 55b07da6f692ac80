// What stands at the sides of a matrix: a workload, a folded box, the head of an open one, or what is outside of any.

import type { Judge } from '@latchwork/figures/targets';
import type { Node } from '@latchwork/shared/node';
import { type Tone, toneOfSuccess } from '../draw/encode.ts';
import { boxOf, groupOf, type Placed } from '../scene/box-of.ts';
import { cardIdOf } from '../scene/card.ts';
import { shownName } from '../scene/speakable.ts';
import type { Cell } from './cell.ts';

/** `head`: the name of an open box, over its workloads; it has no cells. `peer`: anything outside of a box. */
export type ItemKind = 'head' | 'folded' | 'workload' | 'service' | 'peer';

/** What all cells of a row or column come to. */
export interface Sum {
  rps: number;
  tone: Tone;
}

export interface Item {
  /** As a card's: a node's id, `folded:BOX`, `unmeshed`, `external`; `open:BOX` of a head. */
  id: string;
  kind: ItemKind;
  label: string;
  /** The box that it stands in, or that it is; `group` where that is no namespace. */
  box: string | null;
  group: Placed['group'];
  /** Null as well for a box that is no namespace. */
  namespace: string | null;
  /** How many workloads it stands for. */
  workloads: number;
  /** Of its row and of its column; null without requests. */
  out: Sum | null;
  in: Sum | null;
}

const NO_SUMS = { out: null, in: null };

/** Places on a side that have cells: all but the heads of open boxes. */
export function bodiesOf(items: readonly Item[], side: readonly number[]): number[] {
  return [...side.keys()].filter((at) => items[side[at]!]!.kind !== 'head');
}

/** Whether it stands under the head of its box. */
export function isInside({ kind }: Pick<Item, 'kind'>): boolean {
  return kind === 'workload' || kind === 'service';
}

/** `first`: any node of the box. */
export function headOf(first: Node, workloads: number): Item {
  const box = boxOf(first) as string;
  const group = groupOf(first);
  return {
    id: `open:${box}`,
    kind: 'head',
    label: shownName(box),
    box,
    group,
    namespace: group ? null : box,
    workloads,
    ...NO_SUMS,
  };
}

/** `nodes` are all that `id` stands for. */
export function toItem(id: string, nodes: readonly Node[]): Item {
  const first = nodes[0]!;
  const kind = kindOf(id, first);
  const group = groupOf(first);
  const workloads = nodes.filter(({ type }) => type === 'workload').length;
  return {
    id,
    kind,
    label: labelOf(id, kind, first),
    box: boxOf(first),
    group,
    namespace: 'namespace' in first && !(kind === 'folded' && group) ? first.namespace : null,
    workloads,
    ...NO_SUMS,
  };
}

function kindOf(id: string, first: Node): ItemKind {
  if (id.startsWith('folded:')) return 'folded';
  return first.type === 'workload' || first.type === 'service' ? first.type : 'peer';
}

function labelOf(id: string, kind: ItemKind, first: Node): string {
  if (id === 'unmeshed') return 'Unmeshed';
  if (id === 'external') return 'Internet';
  if (first.type === 'outside') return 'Elsewhere';
  if (kind === 'folded') return shownName(boxOf(first) as string);
  return shownName(groupOf(first)?.name ?? ('name' in first && first.name !== null ? first.name : first.id));
}

/** The sum of a row or column. What policy turned away was no traffic. */
export function sumOf(cells: readonly Cell[], judge: Judge): Sum | null {
  let [rps, requests, failures, known, succeeded] = [0, 0, 0, 0, 0];
  let isMeasured = false;
  for (const cell of cells) {
    if (cell.rps === null || cell.mark === 'refused') continue;
    isMeasured = true;
    rps += cell.rps;
    requests += cell.requests;
    failures += cell.failures;
    if (cell.successRate === null) continue;
    known += cell.rps;
    succeeded += cell.rps * cell.successRate;
  }
  if (!isMeasured) return null;
  const successRate = known > 0 ? Math.min(1, succeeded / known) : null;
  return { rps, tone: toneOfSuccess({ successRate, requests, failures }, judge) };
}

/** The item that stands for a node or card now; null when none does. `has` knows the ids of all items. */
export function itemIdFor(
  id: string,
  has: (id: string) => boolean,
  nodeOf: (id: string) => Node | undefined,
): string | null {
  if (has(id)) return id;
  const node = nodeOf(id);
  if (!node) return null;
  const box = boxOf(node);
  const card = cardIdOf(node, new Set(box === null ? [] : [box]));
  return has(card) ? card : null;
}
