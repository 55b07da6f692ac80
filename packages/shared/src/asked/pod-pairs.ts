// Which pod calls which, behind one edge or in one namespace.

import { type Static, Type } from 'typebox';
import { Edge } from '../edge.ts';
import { Nullable } from '../nullable.ts';
import { SNAPSHOT } from '../snapshot.ts';

/**
 * `where` as it was asked: an edge (`edgeId`) or a namespace. `edges` are between pods (`NAMESPACE/pod/NAME`), those with
 * trouble first, without latencies; an end that is no pod is the edge's own. `more` are not listed. `untold`: in a plain
 * sentence, why pods are not told here; null where they are.
 */
export const PodPairs = Type.Object({
  ...SNAPSHOT,
  where: Type.String(),
  edges: Type.Array(Edge),
  more: Type.Integer({ minimum: 0 }),
  untold: Nullable(Type.String()),
});
export type PodPairs = Static<typeof PodPairs>;
