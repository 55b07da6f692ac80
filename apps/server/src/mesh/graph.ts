// Mesh → the service edge graph of a scope.

import type { Graph } from '@latchwork/shared/graph';
import type { Mesh } from './mesh.ts';
import { type MeshScope, toScoped, toSnapshot } from './scope.ts';

export function toGraph(mesh: Mesh, scope: MeshScope): Graph {
  const { nodes, edges, hidden } = toScoped(mesh, scope);
  return { ...toSnapshot(mesh, hidden), nodes: [...nodes], edges: edges.map(({ edge }) => edge) };
}
