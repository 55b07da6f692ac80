// A graph with its workloads in boxes by what a label says of them, instead of by namespace. Pure; ids stay what they are.

import type { Graph } from '@latchwork/shared/graph';
import type { Node } from '@latchwork/shared/node';
import { grouped } from '../grouped.ts';
import type { ByLabel, Placed } from './box-of.ts';

/** No value of a label has a space in it. */
export function boxWithout(label: string): string {
  return `no ${label}`;
}

/** `values`: by id. What has none stands in one box, and names that repeat in a box bear their namespace. */
export function groupedBy<G extends Pick<Graph, 'nodes'>>(
  graph: G,
  by: string,
  values: Readonly<Record<string, string>>,
): G & ByLabel {
  const without = boxWithout(by);
  const boxes = new Map(
    graph.nodes.flatMap((node) =>
      'namespace' in node ? [[node.id, own(values, node.id) || without] as const] : [],
    ),
  );
  const repeated = repeatedNames(graph.nodes, boxes);
  const nodes = graph.nodes.map((node): Node & Placed => {
    const box = boxes.get(node.id);
    if (box === undefined || !('namespace' in node)) return node;
    const name = repeated.has(`${box}/${node.name}`) ? `${node.name}.${node.namespace}` : node.name;
    return { ...node, group: { by, box, name } };
  });
  return { ...graph, nodes, by };
}

/** As the contract has it. */
export function ungrouped<G extends Pick<Graph, 'nodes'>>({ by: _, ...graph }: G & ByLabel) {
  const plain = ({ group: _, ...node }: Node & Placed) => node;
  return { ...graph, nodes: graph.nodes.map(plain) };
}

/** A workload may be called `constructor/…`: what every object inherits is no value. */
function own(values: Readonly<Record<string, string>>, id: string): string | undefined {
  return Object.hasOwn(values, id) ? values[id] : undefined;
}

/** `BOX/NAME` of names that stand for something in more than one namespace of a box. */
function repeatedNames(nodes: readonly Node[], boxes: ReadonlyMap<string, string>): Set<string> {
  const named = nodes.flatMap((node) => ('namespace' in node && boxes.has(node.id) ? [node] : []));
  const places = grouped(named, ({ id, name }) => `${boxes.get(id)}/${name}`);
  return new Set(
    [...places].flatMap(([name, own]) =>
      new Set(own.map(({ namespace }) => namespace)).size > 1 ? [name] : [],
    ),
  );
}
