// What stands at the sides of a matrix: a workload, a folded namespace, the head of an open one, or what is outside of any.

import type { Judge } from '@latchwork/figures/targets';
import type { Node } from '@latchwork/shared/node';
import { parseNodeId } from '@latchwork/shared/node-id';
import { type Tone, toneOfSuccess } from '../draw/encode.ts';
import { foldedId } from '../scene/card.ts';
import { shownName } from '../scene/speakable.ts';
import type { Cell } from './cell.ts';

/** `head`: the name of an open namespace, over its workloads; it has no cells. `peer`: anything outside of a namespace. */
export type ItemKind = 'head' | 'folded' | 'workload' | 'service' | 'peer';

/** What all cells of a row or column come to. */
export interface Sum {
  rps: number;
  tone: Tone;
}

export interface Item {
  /** As a card's: a node's id, `folded:NAMESPACE`, `unmeshed`, `external`; `open:NAMESPACE` of a head. */
  id: string;
  kind: ItemKind;
  label: string;
  namespace: string | null;
  /** How many workloads it stands for. */
  workloads: number;
  /** Of its row and of its column; null without requests. */
  out: Sum | null;
  in: Sum | null;
}

const NO_SUMS = { out: null, in: null };

/** Places on a side that have cells: all but the heads of open namespaces. */
export function bodiesOf(items: readonly Item[], side: readonly number[]): number[] {
  return [...side.keys()].filter((at) => items[side[at]!]!.kind !== 'head');
}

/** Whether it stands under the head of its namespace. */
export function isInside({ kind }: Pick<Item, 'kind'>): boolean {
  return kind === 'workload' || kind === 'service';
}

export function headOf(namespace: string, workloads: number): Item {
  return {
    id: `open:${namespace}`,
    kind: 'head',
    label: shownName(namespace),
    namespace,
    workloads,
    ...NO_SUMS,
  };
}

/** `nodes` are all that `id` stands for. */
export function toItem(id: string, nodes: readonly Node[]): Item {
  const first = nodes[0]!;
  const namespace = 'namespace' in first ? first.namespace : null;
  const kind = kindOf(id, first);
  const label = labelOf(id, kind, first);
  const workloads = nodes.filter(({ type }) => type === 'workload').length;
  return { id, kind, label, namespace, workloads, ...NO_SUMS };
}

function kindOf(id: string, first: Node): ItemKind {
  if (id.startsWith('folded:')) return 'folded';
  return first.type === 'workload' || first.type === 'service' ? first.type : 'peer';
}

function labelOf(id: string, kind: ItemKind, first: Node): string {
  if (id === 'unmeshed') return 'Unmeshed';
  if (id === 'external') return 'Internet';
  if (first.type === 'outside') return 'Elsewhere';
  if (kind === 'folded' && 'namespace' in first) return shownName(first.namespace);
  return shownName('name' in first && first.name !== null ? first.name : first.id);
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
export function itemIdFor(id: string, has: (id: string) => boolean): string | null {
  if (has(id)) return id;
  const parts = parseNodeId(id);
  const namespace = parts && 'namespace' in parts ? parts.namespace : null;
  const cards = [namespace === null ? null : foldedId(namespace), parts?.type ?? null];
  return cards.find((card) => card !== null && has(card)) ?? null;
}
