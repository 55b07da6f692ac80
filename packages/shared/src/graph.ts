// The service edge graph of a scope.

import { type Static, Type } from 'typebox';
import { Edge } from './edge.ts';
import { Node } from './node.ts';
import { SNAPSHOT } from './snapshot.ts';

/** Nodes and edges are sorted by id; numbers are never cut to the scope. */
export const Graph = Type.Object({ ...SNAPSHOT, nodes: Type.Array(Node), edges: Type.Array(Edge) });
export type Graph = Static<typeof Graph>;
