// A mesh as somebody knows it who may see some namespaces: what is said of it can name nothing else. Pure.

import type { Graph } from '@latchwork/shared/graph';
import { toGraph } from '../graph.ts';
import type { Mesh } from '../mesh.ts';
import type { Picture, PictureEdge } from '../picture.ts';
import type { MeshScope } from '../scope.ts';
import { narrowedGraph, withoutWords } from './narrowed.ts';

/** The cards and edges of the graph that the same person sees under the same scope, so that both go by the same names. */
export function narrowedMesh(mesh: Mesh, scope: MeshScope, namespaces: readonly string[]): Mesh {
  const inside = new Set(namespaces);
  const picture = (showNoise: boolean) => {
    const graph = toGraph(mesh, { ...scope, noise: showNoise ? 'show' : 'hide' });
    return toPicture(narrowedGraph(graph, namespaces), mesh.picture(showNoise));
  };
  const { cluster = null } = mesh;
  return {
    ...mesh,
    diagnoses: [],
    parts: withoutWords(mesh.parts),
    cluster: cluster && {
      ...cluster,
      workloads: new Map([...cluster.workloads].filter(([, { namespace }]) => inside.has(namespace))),
      causesOf: (question) => cluster.causesOf({ ...question, within: inside }),
    },
    picture,
    outline: () => picture(true),
  };
}

function toPicture(graph: Graph, whole: Picture): Picture {
  const known = new Map(whole.edges.map((entry) => [`${entry.edge.source} ${entry.edge.target}`, entry]));
  return {
    ...whole,
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    edges: graph.edges.map(
      (edge): PictureEdge => ({
        // Sums of what has no name are nobody's to judge.
        ...{ securedRps: 0, connections: 0, securedConnections: 0, openPorts: null },
        ...known.get(`${edge.source} ${edge.target}`),
        edge,
      }),
    ),
    namespaces: graph.namespaces,
    endedOf: () => null,
  };
}
