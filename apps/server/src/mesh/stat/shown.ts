// Which namespaces a table shows: those that are named, else all but Linkerd's own.

import type { Mesh } from '../mesh.ts';
import type { MeshScope } from '../scope.ts';

export function isShownNamespace(
  mesh: Mesh,
  { namespaces, noise }: MeshScope,
): (namespace: string) => boolean {
  const named = new Set(namespaces);
  const { infrastructure } = mesh.outline();
  return (namespace) =>
    named.size > 0 ? named.has(namespace) : noise === 'show' || !infrastructure.has(namespace);
}
