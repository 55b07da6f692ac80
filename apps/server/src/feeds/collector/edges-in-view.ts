// Of which edges latencies are asked for: of all in a small mesh, else of those that someone looks at. Pure.

/** Buckets of every edge cost 26 times the rates of every edge: a mesh of this size still has few. */
const SMALL_MESH_WORKLOADS = 100;
const MOST_NAMESPACES = 5;

/** Namespaces whose edges, in and out, are asked for; null: all edges. */
export type EdgesInView = readonly string[] | null;

/** `namespaces` are those that viewers chose; whoever looks at the whole of a large mesh chose none. */
export function toEdgesInView(workloads: number, namespaces: readonly string[]): EdgesInView {
  if (workloads <= SMALL_MESH_WORKLOADS) return null;
  return [...new Set(namespaces)].sort().slice(0, MOST_NAMESPACES);
}

/** Whether what was asked has all that is wanted. */
export function isCovered(wanted: EdgesInView, asked: EdgesInView): boolean {
  if (asked === null) return true;
  return wanted?.every((namespace) => asked.includes(namespace)) ?? false;
}
