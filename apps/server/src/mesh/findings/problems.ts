// Mesh → all that is wrong in a scope, the heaviest first, and what is worth knowing of one place.

import { counted } from '@latchwork/figures/count';
import { boundsOf } from '@latchwork/figures/latency';
import { edgeEnds, edgeId } from '@latchwork/shared/edge-id';
import type { PlaceFindings, Problems } from '@latchwork/shared/problems/problems';
import type { Mesh } from '../mesh.ts';
import type { PictureEdge } from '../picture.ts';
import { type MeshScope, toScoped } from '../scope.ts';
import { edgeProblems } from './edge-problems.ts';
import { failingEdge, failingNode } from './failing-findings.ts';
import { toGrouped, toProblem } from './grouped.ts';
import { type Made, made } from './made.ts';
import { createNeighbours } from './neighbours.ts';
import { outsideByNamespace } from './outside-by-namespace.ts';
import { podProblems } from './pod-problems.ts';
import { deniedNode } from './refused-findings.ts';
import { slowNode } from './slow-findings.ts';

/** What is held against. `successTarget` is 0 to 1. */
export interface Targets {
  readonly successTarget: number;
  readonly latencyTargetMs: number;
}

/** What is about the window and the reading, not about the mesh: told beside the window. */
const OF_READING: readonly string[] = ['window-widened', 'coarse-latency', 'edge-latency-in-view'];

export function toProblems(mesh: Mesh, scope: MeshScope, targets: Targets): Problems {
  const scoped = toScoped(mesh, scope);
  const { all, few, neighbours } = collect(mesh, scope, targets, scoped.edges);
  const loud = all.filter(({ isQuiet }) => !isQuiet);
  // Pods without a proxy are told with the calls that they make open.
  const told = new Set(loud.flatMap(({ kind, cause }) => (kind === 'plaintext' && cause ? [cause.key] : [])));
  const own = loud.filter(({ kind, cause }) => kind !== 'look' || cause === null || !told.has(cause.key));
  return {
    ...head(mesh),
    problems: toGrouped(outsideByNamespace(own), neighbours),
    tooFew: few.map((one) => toProblem([one], neighbours)),
    accepted: [],
    looked: [
      counted(scoped.edges.length, 'edge'),
      counted(scoped.nodes.filter(({ type }) => type === 'workload').length, 'workload'),
      ...(mesh.cluster ? [counted(podCount(mesh, scope), 'pod')] : []),
    ],
  };
}

/** Of an edge, a node or a namespace; quiet ones, too. */
export function toPlaceFindings(
  mesh: Mesh,
  where: string,
  scope: MeshScope,
  targets: Targets,
): PlaceFindings {
  const { edges } = mesh.picture(scope.noise === 'show');
  const ends = edgeEnds(where);
  const near = ends ? edges.filter(({ edge }) => edgeId(edge.source, edge.target) === where) : edges;
  const { all, few, neighbours } = collect(mesh, scope, targets, edges, near);
  const here = [...all, ...few].filter(({ finding }) => finding.where === where);
  return { ...head(mesh), where, findings: here.map((one) => toProblem([one], neighbours)) };
}

function head(mesh: Mesh): Pick<Problems, 'at' | 'windowSeconds' | 'parts'> {
  return {
    at: new Date(mesh.atSeconds * 1000).toISOString(),
    windowSeconds: mesh.windowSeconds,
    parts: mesh.parts,
  };
}

function collect(
  mesh: Mesh,
  scope: MeshScope,
  targets: Targets,
  edges: readonly PictureEdge[],
  near: readonly PictureEdge[] = edges,
): { all: Made[]; few: Made[]; neighbours: ReturnType<typeof createNeighbours> } {
  const { nodes } = mesh.picture(scope.noise === 'show');
  const neighbours = createNeighbours(edges);
  const { windowSeconds, diagnoses, cluster = null } = mesh;
  const named = new Set(scope.namespaces);
  const isInScope = (namespace: string) => named.size === 0 || named.has(namespace);
  const question = {
    nodes,
    neighbours,
    windowSeconds,
    ...targets,
    bounds: boundsOf({ latencyBoundsMs: [...mesh.latencyBoundsMs] }),
  };
  const inScope = new Set(edges.flatMap(({ edge }) => [edge.source, edge.target]));
  const workloads = [...nodes.values()].flatMap((node) =>
    node.type === 'workload' && inScope.has(node.id) ? [node] : [],
  );
  const failures = [
    ...workloads.map((node) => failingNode(node, question)),
    ...near.map(({ edge }) => failingEdge(edge, question)),
  ];
  return {
    neighbours,
    few: failures.flatMap(({ few }) => few ?? []),
    all: [
      ...failures.flatMap(({ found }) => found ?? []),
      ...workloads.flatMap((node) => slowNode(node, question) ?? []),
      ...near.flatMap((edge) => edgeProblems(edge, nodes, cluster)),
      ...workloads.flatMap((node) => deniedNode(node, neighbours.into(node.id)) ?? []),
      ...(cluster ? podProblems(cluster, isInScope) : []),
      ...diagnoses
        .filter(({ code }) => !OF_READING.includes(code))
        .map((finding) =>
          made('look', { ...finding, what: capital(finding.what), remedy: capital(finding.remedy) }),
        ),
    ],
  };
}

function podCount({ cluster }: Mesh, { namespaces }: MeshScope): number {
  const named = new Set(namespaces);
  return [...(cluster?.workloads.values() ?? [])]
    .filter(({ namespace }) => named.size === 0 || named.has(namespace))
    .reduce((sum, { pods }) => sum + pods.length, 0);
}

/** What diagnoses say begins in lower case. */
function capital(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}
