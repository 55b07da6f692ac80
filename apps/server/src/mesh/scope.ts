// A scope of the mesh: whole edges and nodes are in or out; numbers are never cut to it.

import type { Node } from '@latchwork/shared/node';
import type { Hidden, Snapshot } from '@latchwork/shared/snapshot';
import type { Mesh } from './mesh.ts';
import type { Outline, OutlineEdge } from './outline.ts';
import type { PictureEdge } from './picture.ts';

/** No namespaces: all. `hide`: without probes, scrapes, taps, and Linkerd's own namespaces unless named. */
export interface MeshScope {
  readonly namespaces: readonly string[];
  readonly noise: 'hide' | 'show';
  /** All that whoever asks may see; absent: everything. */
  readonly within?: readonly string[];
}

export interface Scoped {
  readonly edges: readonly PictureEdge[];
  readonly nodes: readonly Node[];
  readonly hidden: Hidden;
}

function namespaceOf(picture: Outline, id: string): string | null {
  const node = picture.nodes.get(id);
  if (!node) return null;
  if (node.type === 'unmeshed') return namespaceOf(picture, node.target);
  return 'namespace' in node ? node.namespace : null;
}

/** All of a mesh, which several topics show at each refresh. */
const wholes = new WeakMap<Mesh, Map<MeshScope['noise'], Scoped>>();

export function toScoped(mesh: Mesh, scope: MeshScope): Scoped {
  if (scope.namespaces.length > 0) return cut(mesh, scope);
  const known = wholes.get(mesh) ?? new Map<MeshScope['noise'], Scoped>();
  const whole = known.get(scope.noise) ?? cut(mesh, scope);
  wholes.set(mesh, known.set(scope.noise, whole));
  return whole;
}

function cut(mesh: Mesh, scope: MeshScope): Scoped {
  const picture = mesh.picture(scope.noise === 'show');
  const all = scope.noise === 'show' ? picture : mesh.outline();
  const named = new Set(scope.namespaces);
  const isNamed = (namespace: string | null) =>
    named.size === 0 || (namespace !== null && named.has(namespace));
  const isInfrastructure = (namespace: string | null) =>
    scope.noise === 'hide' &&
    namespace !== null &&
    !named.has(namespace) &&
    all.infrastructure.has(namespace);

  function inScope(from: Outline, { edge }: OutlineEdge): boolean {
    return (
      named.size === 0 || isNamed(namespaceOf(from, edge.source)) || isNamed(namespaceOf(from, edge.target))
    );
  }
  const shown = picture.edges.filter(
    (entry) =>
      inScope(picture, entry) &&
      !isInfrastructure(namespaceOf(picture, entry.edge.source)) &&
      !isInfrastructure(namespaceOf(picture, entry.edge.target)),
  );
  const ends = new Set<string>();
  for (const { edge } of shown) ends.add(edge.source).add(edge.target);
  const nodes = [...picture.nodes.values()].filter((node) => {
    if (ends.has(node.id)) return true;
    return node.type === 'workload' && isNamed(node.namespace) && !isInfrastructure(node.namespace);
  });
  const whole = all.edges.filter((entry) => inScope(all, entry));
  return {
    edges: shown,
    nodes: nodes.sort((a, b) => (a.id < b.id ? -1 : 1)),
    hidden: {
      requestsPerSecond: Math.max(0, rpsOf(whole) - rpsOf(shown)),
      edges: Math.max(0, whole.length - shown.length),
    },
  };
}

function rpsOf(edges: readonly OutlineEdge[]): number {
  return edges.reduce((sum, { edge }) => sum + (edge.http?.rps ?? 0), 0);
}

export function toSnapshot(mesh: Mesh, hidden: Hidden): Snapshot {
  const { infrastructure, namespaces } = mesh.outline();
  return {
    at: new Date(mesh.atSeconds * 1000).toISOString(),
    windowSeconds: mesh.windowSeconds,
    windowAskedSeconds: mesh.windowAskedSeconds,
    scrapeIntervalSeconds: mesh.scrapeIntervalSeconds,
    latencyBoundsMs: [...mesh.latencyBoundsMs],
    // Linkerd's own come last: they are known, and seldom what someone looks for.
    namespaces: [...namespaces].sort(
      (a, b) => Number(infrastructure.has(a)) - Number(infrastructure.has(b)) || (a < b ? -1 : 1),
    ),
    hidden,
    parts: mesh.parts,
    diagnoses: [...mesh.diagnoses],
  };
}
