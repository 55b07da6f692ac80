// Which box a node stands in: its namespace's, or, where a graph was grouped by a label, that of what the label says.

import { counted } from '@latchwork/figures/count';
import type { Node } from '@latchwork/shared/node';

/** What a node gets where its graph is grouped by a label: `name` tells it apart from others of its box. */
export interface Placed {
  readonly group?: { readonly by: string; readonly box: string; readonly name: string };
}

/** A graph that was grouped by a label; absent: boxes are namespaces. */
export interface ByLabel {
  readonly by?: string | undefined;
}

/** Null for what is in no namespace. */
export function boxOf(node: Node & Placed): string | null {
  return node.group?.box ?? ('namespace' in node ? node.namespace : null);
}

/** All boxes of a graph, so that all of them can be folded. */
export function boxesOf(nodes: readonly Node[]): Set<string> {
  return new Set(nodes.flatMap((node) => boxOf(node) ?? []));
}

export function groupOf(node: (Node & Placed) | undefined): Placed['group'] {
  return node?.group;
}

/** What a box is called aloud. */
export function boxWord(by: string | undefined): string {
  return by === undefined ? 'namespace' : `group by ${by}`;
}

/** "team payments"; "no team" for what has none: a value of a label has no space in it. */
export function spokenBox({ by, box }: { by: string; box: string }): string {
  return box.includes(' ') ? box : `${by} ${box}`;
}

/** "4 namespaces", "4 groups by team". */
export function countedBoxes(n: number, by: string | undefined): string {
  return by === undefined ? counted(n, 'namespace') : `${counted(n, 'group')} by ${by}`;
}
